using System.CommandLine;

namespace Digitizer.Worker.Commands;

/// <summary><c>--model</c>, for all commands that load one.</summary>
internal static class ModelOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--model") { Description = "OCR model.", HelpName = "NAME" };

        // 'script/Vietnamese' is a name, '../x' is not.
        option.Validators.Add(result =>
        {
            var name = result.GetValueOrDefault<string?>() ?? "vie";
            if (name.Length == 0 || name.StartsWith('/') || name.Split('/').Contains(".."))
            {
                result.AddError($"'{name}' is no name of a model. Give it without folder and extension, for instance vie.");
            }
        });
        return option;
    }
}
