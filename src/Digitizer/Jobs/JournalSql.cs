using System.Data.Common;

namespace Digitizer.Jobs;

/// <summary>One transaction's statements: SQL text with named parameters, on either engine.</summary>
internal sealed class JournalSql(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
{
    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Hands rows over one by one, for tables that do not fit into memory.</summary>
    public async Task EachAsync(string sql, Func<DbDataReader, Task> row)
    {
        await using var command = Command(sql, []);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            await row(reader).ConfigureAwait(false);
        }
    }

    public async Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object? Value)[] values)
        where T : class
        => (await ListAsync(sql, row, values).ConfigureAwait(false)).FirstOrDefault();

    /// <returns>The first column of the first row as a number; 0 if there is none.</returns>
    public async Task<long> NumberAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is long number ? number : 0;
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
