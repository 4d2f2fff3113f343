namespace Digitizer.EndToEndTests.Support;

/// <summary>Waits, with a bound, for what another thread or process does.</summary>
internal static class Eventually
{
    /// <summary>Asks again and again.</summary>
    /// <returns>False if it has not come in time.</returns>
    public static Task<bool> ComesAsync(Func<bool> condition, TimeSpan limit) => ComesAsync(() => Task.FromResult(condition()), limit);

    /// <inheritdoc cref="ComesAsync(Func{bool}, TimeSpan)"/>
    public static async Task<bool> ComesAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }

        return true;
    }
}
