using CloudObserve.Audit;
using CloudObserve.Audit.Selection;

namespace CloudObserve.Tests.Audit.Selection;

public sealed class EventSelectionTests
{
    private static readonly AuditEvent Read = new("ReadProduct")
    {
        ReadOnly = true,
        EventCategory = AuditEventCategory.Data,
        Resources = [new("product/1", "Shop::Product")],
    };
    private static readonly AuditEvent Export = new("ExportCustomers")
    {
        EventCategory = AuditEventCategory.Data,
        Resources = [new("customer/1", "Shop::Customer"), new("secret/1", "Shop::Secret")],
    };
    private static readonly AuditEvent Refund = new("RefundOrder") { ErrorCode = "Declined" };

    [Fact]
    public void Without_selectors_everything_is_kept() => Assert.Equal((true, true, true), Takes());

    [Fact]
    public void Management_events_stay_on_when_selectors_are_about_data_and_can_be_switched_off()
    {
        AuditEventSelectorOptions data = Selector("Data", new AuditFieldSelectorOptions { Field = "readOnly", EqualTo = { "false" } });
        Assert.Equal((false, true, true), Takes(data));
        Assert.False(new EventSelection(new AuditTrailOptions { IncludeManagementEvents = false, EventSelectors = { data } }, "shop").Takes(
            Refund));
    }

    [Fact]
    public void Data_events_are_off_when_selectors_are_about_management_only()
    {
        (bool read, bool export, bool refund) = Takes(Selector("Management", new AuditFieldSelectorOptions
        {
            Field = "readOnly",
            EqualTo = { "false" },
        }));
        Assert.Equal((false, false, true), (read, export, refund));
    }

    [Theory]
    [InlineData("eventName", "Equals", "ReadProduct", true, false)]
    [InlineData("eventName", "NotEquals", "ReadProduct", false, true)]
    [InlineData("eventName", "StartsWith", "Exp", false, true)]
    [InlineData("eventName", "NotStartsWith", "Exp", true, false)]
    [InlineData("eventName", "EndsWith", "Product", true, false)]
    [InlineData("eventName", "NotEndsWith", "Product", false, true)]
    [InlineData("resources.type", "Equals", "Shop::Secret", false, true)]
    [InlineData("resources.ARN", "NotStartsWith", "secret/", true, false)]
    [InlineData("eventSource", "Equals", "shop", true, true)]
    [InlineData("userIdentity.arn", "Equals", "arn", false, false)]
    [InlineData("userIdentity.arn", "NotEquals", "arn", true, true)]
    public void Each_operator_does_what_it_says(string field, string operation, string value, bool takesRead, bool takesExport)
    {
        (bool read, bool export, _) = Takes(Selector("Data", Field(field, (operation, value))));
        Assert.Equal((takesRead, takesExport), (read, export));
    }

    [Fact]
    public void Wanted_values_of_one_field_widen_and_unwanted_ones_narrow()
    {
        (bool read, bool export, _) = Takes(Selector("Data", Field("eventName", ("Equals", "ReadProduct"), ("StartsWith", "Export"))));
        Assert.Equal((true, true), (read, export));
        (read, export, _) = Takes(Selector("Data", Field("eventName", ("StartsWith", "Export"), ("NotEndsWith", "Customers"))));
        Assert.Equal((false, false), (read, export));
    }

    [Fact]
    public void Any_selector_and_all_fields_of_it()
    {
        AuditEventSelectorOptions both =
            Selector("Data", Field("eventName", ("Equals", "ReadProduct")), Field("readOnly", ("Equals", "false")));
        Assert.Equal((false, false, true), Takes(both));
        Assert.Equal((false, true, true), Takes(both, Selector("Data", Field("resources.type", ("Equals", "Shop::Customer")))));
    }

    [Fact]
    public void Broken_selectors_are_told_apart()
    {
        Assert.Null(SelectorRules.Check(Selector("Data")));
        Assert.Contains("eventCategory", SelectorRules.Check(new AuditEventSelectorOptions()), StringComparison.Ordinal);
        Assert.Contains("eventCategory", SelectorRules.Check(Selector("Nonsense")), StringComparison.Ordinal);
        Assert.Contains("no field 'colour'", SelectorRules.Check(Selector("Data", Field("colour", ("Equals", "red")))),
            StringComparison.Ordinal);
        Assert.Contains("Equals only", SelectorRules.Check(Selector("Data", Field("readOnly", ("NotEquals", "true")))),
            StringComparison.Ordinal);
        Assert.Contains("no values", SelectorRules.Check(Selector("Data", Field("eventName"))), StringComparison.Ordinal);
        Assert.Contains("no wildcards", SelectorRules.Check(Selector("Data", Field("eventName", ("Equals", "Get*")))),
            StringComparison.Ordinal);
        Assert.Contains("one condition",
            SelectorRules.Check(Selector("Data", Field("eventName", ("Equals", "A")), Field("eventName", ("Equals", "B")))),
            StringComparison.Ordinal);
    }

    private static (bool Read, bool Export, bool Refund) Takes(params AuditEventSelectorOptions[] selectors)
    {
        AuditTrailOptions options = new();
        foreach (AuditEventSelectorOptions selector in selectors)
        {
            options.EventSelectors.Add(selector);
        }

        EventSelection selection = new(options, "shop");
        return (selection.Takes(Read), selection.Takes(Export), selection.Takes(Refund));
    }

    private static AuditEventSelectorOptions Selector(string category, params AuditFieldSelectorOptions[] fields)
    {
        AuditEventSelectorOptions selector = new()
        {
            FieldSelectors = { new AuditFieldSelectorOptions { Field = "eventCategory", EqualTo = { category } } },
        };
        foreach (AuditFieldSelectorOptions field in fields)
        {
            selector.FieldSelectors.Add(field);
        }

        return selector;
    }

    private static AuditFieldSelectorOptions Field(string field, params (string Operation, string Value)[] conditions)
    {
        AuditFieldSelectorOptions options = new() { Field = field };
        foreach ((string operation, string value) in conditions)
        {
            (operation switch
            {
                "Equals" => options.EqualTo,
                "NotEquals" => options.NotEqualTo,
                "StartsWith" => options.StartsWith,
                "NotStartsWith" => options.NotStartsWith,
                "EndsWith" => options.EndsWith,
                _ => options.NotEndsWith,
            }).Add(value);
        }

        return options;
    }
}
