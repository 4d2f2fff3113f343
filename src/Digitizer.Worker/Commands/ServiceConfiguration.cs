using System.ComponentModel.DataAnnotations;
using Digitizer.Failures;
using Digitizer.Intake.BlobQueues;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Worker.Commands;

/// <summary>Reads the service's configuration file, and says everything that is wrong with it at once.</summary>
internal static class ServiceConfiguration
{
    /// <summary>Reads the file; environment variables <c>DIGITIZER_Service__State</c> and so on go before it.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid.</exception>
    public static IConfiguration Read(string file)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false).AddEnvironmentVariables("DIGITIZER_").Build();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid,
                $"The configuration {ShownName.Escape(file)} cannot be read: {ShownName.Escape((e.InnerException ?? e).Message)} Name it with --config; samples/serve.json is one to start from.", e);
        }
    }

    /// <summary>The service's options, with the role that the command line gives it, if it does; problems of the drop folders come with the folders.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid.</exception>
    public static ServiceOptions Bind(IConfiguration configuration, ServiceRole? role = null)
    {
        var options = new ServiceOptions();
        try
        {
            configuration.GetSection("Service").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw Invalid([(e.InnerException ?? e).Message], e);
        }

        options.Role = role ?? options.Role;
        var problems = new List<ValidationResult>();
        foreach (var section in new object?[] { options, options.Retention, options.Alarms, options.Telemetry, options.Vault.Blob }.OfType<object>())
        {
            Validator.TryValidateObject(section, new ValidationContext(section), problems, validateAllProperties: true);
        }

        if (options.Role.TakesIn() && options.Drop.Folders.Count == 0 && options.BlobQueues.Count == 0 && options.Api?.Exists() != true)
        {
            problems.Add(new ValidationResult("Service:Drop:Folders names no folder, and there is no Service:Api and no queue in Service:BlobQueues."));
        }

        problems.AddRange(DossierStores.Problems(options).Concat(HeldVaults.Problems(options)).Concat(options.Telemetry.Problems()).Select(problem => new ValidationResult(problem)));
        problems.AddRange(SourceProblems(configuration, options).Select(problem => new ValidationResult(problem)));
        return problems.Count == 0 ? options : throw Invalid(problems.Select(p => p.ErrorMessage ?? ""));
    }

    private static List<string> SourceProblems(IConfiguration configuration, ServiceOptions options)
    {
        List<string> problems = [];
        var taken = options.Drop.Folders.Select(folder => folder.Name).Concat(options.BlobQueues.Select(queue => queue.Name)).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(BlobQueuesCheck.Problems([.. options.BlobQueues], [.. options.Azure.Accounts.Select(account => account.Name)], options.Drop.Folders.Select(folder => folder.Name)));
        var api = ApiAccessCheck.Read(options.Api, problems);
        problems.AddRange(ApiAddressCheck.Problems(configuration.GetSection("Kestrel"), api.AllowPlainHttp));
        problems.AddRange(api.Sources.Where(source => taken.Contains(source.Name))
            .Select(source => $"Service:Api:Sources has the name {ShownName.Escape(source.Name)}, which a drop folder or a blob queue has; choose another."));
        problems.AddRange(WebhookCheck.UnknownSources(api.Webhooks, [.. taken, .. api.Sources.Select(source => source.Name)]));
        return problems;
    }

    private static DigitizerException Invalid(IEnumerable<string> problems, Exception? inner = null)
        => new(FailureKind.ConfigurationInvalid, $"The configuration is not right: {string.Join(" ", problems.Select(ShownName.Escape))} See samples/serve.json.", inner);
}
