namespace CloudObserve.Integration.Tests.Storefront;

public sealed class StorefrontAlarmsTests
{
    private static readonly string[] Alarms =
        ["CheckoutSlow", "CustomersCannotPay", "NoOrders", "OrdersUnusual", "PaymentsFail", "ProviderDown"];

    [PosixFact]
    public async Task An_incident_of_the_payment_provider_raises_alarms_and_they_end_after_it()
    {
        using StorefrontProcess shop = StorefrontProcess.Start(
            [], "--incident", "10", "--rate", "100", "--CloudObserve:Metrics:PublishInterval=00:00:01");
        await shop.AlarmPrintedAsync("CustomersCannotPay: ALARM -> OK");
        await shop.AlarmPrintedAsync("PaymentsFail: ALARM -> OK");
        await shop.TerminateAsync();
        StorefrontReport report = await shop.ReportAsync();

        report.AssertNothingIsMissing();

        // The alarm sees a period after its end. So the incident may be over when the alarm is raised, but never when the alarm ends.
        AssertInOrder(
            shop.Output,
            " alarm PaymentsFail: INSUFFICIENT_DATA -> OK. Threshold Crossed: 1 datapoint [",
            " alarm PaymentsFail: OK -> ALARM. Threshold Crossed: 1 datapoint [",
            " alarm PaymentsFail: ALARM -> OK. Threshold Crossed: 1 datapoint [");
        AssertInOrder(
            shop.Output,
            " incident: acme-pay fails for 10 seconds.",
            " incident: acme-pay works again.",
            " alarm PaymentsFail: ALARM -> OK. Threshold Crossed: 1 datapoint [");
        AssertInOrder(
            shop.Output,
            " alarm CustomersCannotPay: OK -> ALARM. arn:aws:cloudwatch:us-east-1:000000000000:alarm:PaymentsFail transitioned to ALARM at ",
            " alarm CustomersCannotPay: ALARM -> OK. arn:aws:cloudwatch:us-east-1:000000000000:alarm:PaymentsFail transitioned to OK at ");
        AssertInOrder(shop.Output, " alarm NoOrders: INSUFFICIENT_DATA -> ALARM. ", " alarm NoOrders: ALARM -> OK. ");
        string[] summary = [.. shop.Output.SkipWhile(line => !line.StartsWith("alarm ", StringComparison.Ordinal)).Skip(1)];
        Assert.Equal(Alarms, summary.Take(Alarms.Length).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    private static void AssertInOrder(IEnumerable<string> output, params string[] expected)
    {
        string[] found = [.. output.Where(line => expected.Any(part => line.Contains(part, StringComparison.Ordinal)))];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }
}
