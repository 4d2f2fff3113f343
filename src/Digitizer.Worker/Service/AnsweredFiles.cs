using Digitizer.Service;
using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Service;

/// <summary>Files of the vault as answers to requests.</summary>
internal static class AnsweredFiles
{
    /// <summary>Absolute path of a result, which stays there until the request is answered.</summary>
    /// <exception cref="Failures.DigitizerException">The vault's.</exception>
    public static async Task<string> BorrowForAsync(this ServiceRun service, string sha256, HttpContext context)
    {
        var borrowed = service.Vault.Borrow();
        context.Response.RegisterForDispose(borrowed);
        return await borrowed.ResultAsync(sha256, context.RequestAborted);
    }
}
