using Digitizer.Benchmarks;

return await Commands.RunAsync(args);
