using CloudObserve.Audit;
using Microsoft.AspNetCore.Mvc;

namespace CloudObserve.AspNetCore.Tests;

[ApiController]
[Route("products")]
[Audited(Guarantee = AuditGuarantee.BeforeAction, ResourceType = "Shop::Product")]
public sealed class ProductsController : ControllerBase
{
    internal static int Runs { get; private set; }

    [HttpDelete("{id}")]
    [Audited("DeleteProduct", Resource = "product/{id}")]
    public IActionResult Delete(string id) => id == "none" ? NotFound() : NoContent();

    [HttpPut("{id}/price")]
    [Audited("ChangePrice", Resource = "product/{id}", Guarantee = AuditGuarantee.BeforeReturn, QueryParameters = ["price"],
        ReadOnly = false)]
    public decimal ChangePrice(string id, decimal price) => id == "tea" ? price : throw new InvalidOperationException("No such product.");

    [HttpGet("", Name = "ListProducts")]
    public IEnumerable<string> List()
    {
        Runs++;
        return ["tea"];
    }
}
