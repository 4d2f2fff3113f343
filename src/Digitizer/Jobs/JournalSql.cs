using System.Data.Common;

namespace Digitizer.Jobs;

/// <summary>One transaction's statements: SQL text with named parameters, on either engine.</summary>
internal sealed class JournalSql(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
{
    // Not sent yet.
    private readonly List<Statement> later = [];

    /// <summary>Runs a statement before the next one of this transaction, or before its commit: on a server in one message with it. What it changes nobody asks for.</summary>
    public async Task LaterAsync(string sql, params (string Name, object? Value)[] values)
    {
        if (connection.CanCreateBatch)
        {
            later.Add(new Statement(sql, values, null));
        }
        else
        {
            await ExecuteAsync(sql, values).ConfigureAwait(false);
        }
    }

    /// <summary>The same of a statement that must change one row.</summary>
    /// <param name="otherwise">What it means that it does not.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Of its parameters.</param>
    public async Task OneLaterAsync(Func<Exception> otherwise, string sql, params (string Name, object? Value)[] values)
    {
        if (connection.CanCreateBatch)
        {
            later.Add(new Statement(sql, values, otherwise));
        }
        else if (await ExecuteAsync(sql, values).ConfigureAwait(false) != 1)
        {
            throw otherwise();
        }
    }

    /// <summary>Runs what is still to be run.</summary>
    public async Task FlushAsync()
    {
        if (later.Count > 0)
        {
            await RunAsync(_ => Task.FromResult(true)).ConfigureAwait(false);
        }
    }

    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        if (later.Count > 0)
        {
            later.Add(new Statement(sql, values, null));
            return (await RunAsync(_ => Task.FromResult(true)).ConfigureAwait(false)).Changed;
        }

        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object? Value)[] values)
    {
        if (later.Count > 0)
        {
            // Those before it give no rows.
            later.Add(new Statement(sql, values, null));
            return (await RunAsync(reader => RowsAsync(reader, row)).ConfigureAwait(false)).Result;
        }

        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        return await RowsAsync(reader, row).ConfigureAwait(false);
    }

    /// <summary>Two queries, in their order; on a server in one message.</summary>
    public async Task<(List<T> First, List<TOther> Second)> BothAsync<T, TOther>(Query<T> first, Query<TOther> second)
    {
        if (!connection.CanCreateBatch)
        {
            return (await ListAsync(first.Sql, first.Row, first.Values).ConfigureAwait(false), await ListAsync(second.Sql, second.Row, second.Values).ConfigureAwait(false));
        }

        later.Add(new Statement(first.Sql, first.Values, null));
        later.Add(new Statement(second.Sql, second.Values, null));
        return (await RunAsync(
            async reader =>
            {
                var rows = await RowsAsync(reader, first.Row).ConfigureAwait(false);
                await reader.NextResultAsync(cancellation).ConfigureAwait(false);
                return (rows, await RowsAsync(reader, second.Row).ConfigureAwait(false));
            }).ConfigureAwait(false)).Result;
    }

    /// <summary>Hands rows over one by one, for tables that do not fit into memory.</summary>
    public async Task EachAsync(string sql, Func<DbDataReader, Task> row)
    {
        await FlushAsync().ConfigureAwait(false);
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
        if (later.Count > 0)
        {
            return (await ListAsync(sql, row => row.GetValue(0) is long counted ? counted : 0, values).ConfigureAwait(false)).FirstOrDefault();
        }

        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is long number ? number : 0;
    }

    private async Task<List<T>> RowsAsync<T>(DbDataReader reader, Func<DbDataReader, T> row)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    // All that wait, in one message.
    private async Task<(T Result, int Changed)> RunAsync<T>(Func<DbDataReader, Task<T>> read)
    {
        Statement[] statements = [.. later];
        later.Clear();
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            Fill(command.Parameters, command.CreateParameter, statement.Values);
            batch.BatchCommands.Add(command);
        }

        T result;
        await using (var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            result = await read(reader).ConfigureAwait(false);
        }

        foreach (var (statement, command) in statements.Zip(batch.BatchCommands))
        {
            if (statement.Otherwise is { } otherwise && command.RecordsAffected != 1)
            {
                throw otherwise();
            }
        }

        return (result, batch.BatchCommands[^1].RecordsAffected);
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        Fill(command.Parameters, command.CreateParameter, values);
        return command;
    }

    private static void Fill(DbParameterCollection parameters, Func<DbParameter> create, (string Name, object? Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            var parameter = create();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }

    private sealed record Statement(string Sql, (string Name, object? Value)[] Values, Func<Exception>? Otherwise);
}

/// <summary>A query and what a row of it becomes.</summary>
internal sealed record Query<T>(string Sql, Func<DbDataReader, T> Row, params (string Name, object? Value)[] Values);
