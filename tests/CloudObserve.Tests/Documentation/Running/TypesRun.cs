using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// Runs types that an application has: tests are run, controllers are asked over HTTP, and of everything else an object is made and each
/// method is called.
/// </summary>
internal static class TypesRun
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <returns>What is wrong.</returns>
    internal static async Task<IReadOnlyList<string>> PlayAsync(Assembly assembly, Stage stage, Func<IServiceProvider, Task>? during)
    {
        await using StagedApp app = new(stage);
        _ = app.Builder.Services.AddControllers().AddApplicationPart(assembly);
        _ = app.Builder.AddCloudObserve().WithAuditTrail().WithAuditedEndpoints();
        _ = app.Build().MapControllers();
        return await app.PlayAsync(async services =>
        {
            foreach (Type type in assembly.GetExportedTypes()
                .Where(t => t is { IsAbstract: false } && !t.IsSubclassOf(typeof(ControllerBase))))
            {
                await UseAsync(type, services);
            }

            await (during?.Invoke(services) ?? Task.CompletedTask);
        });
    }

    private static async Task UseAsync(Type type, IServiceProvider services)
    {
        object target = Make(type, services);
        foreach (MethodInfo method in type.GetMethods(Own)
            .Where(m => !m.IsSpecialName && m.GetCustomAttribute<CompilerGeneratedAttribute>() is null))
        {
            await (method.Invoke(target, Arguments(method, services)) as Task ?? Task.CompletedTask);
        }
    }

    private static object Make(Type type, IServiceProvider services)
    {
        if (type == typeof(string) || type.IsPrimitive || type == typeof(decimal))
        {
            return Convert.ChangeType("1", type, CultureInfo.InvariantCulture);
        }

        return services.GetService(type) ?? Invoke(type.GetConstructors()[0]);

        object Invoke(ConstructorInfo constructor) => constructor.Invoke(Arguments(constructor, services));
    }

    private static object[] Arguments(MethodBase method, IServiceProvider services) =>
        [.. method.GetParameters().Select(p => Make(p.ParameterType, services))];
}
