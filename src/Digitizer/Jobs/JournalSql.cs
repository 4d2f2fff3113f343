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
            later.Add(new Statement(sql, values, null, null));
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
            later.Add(new Statement(sql, values, otherwise, null));
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
            await RunAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        if (later.Count > 0)
        {
            later.Add(new Statement(sql, values, null, null));
            return await RunAsync().ConfigureAwait(false);
        }

        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object? Value)[] values)
    {
        var rows = new List<T>();
        if (later.Count > 0)
        {
            later.Add(new Statement(sql, values, null, reader => ReadAsync(reader, row, rows)));
            await RunAsync().ConfigureAwait(false);
            return rows;
        }

        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await ReadAsync(reader, row, rows).ConfigureAwait(false);
        return rows;
    }

    public Task<List<T>> ListAsync<T>(Query<T> query) => ListAsync(query.Sql, query.Row, query.Values);

    /// <summary>Asks a query with the next statement that is waited for: on a server in one message with it.</summary>
    /// <returns>Its rows; they are there when that statement, or <see cref="FlushAsync"/>, has returned.</returns>
    public async Task<IReadOnlyList<T>> AskAsync<T>(Query<T> query)
    {
        if (!connection.CanCreateBatch)
        {
            return await ListAsync(query.Sql, query.Row, query.Values).ConfigureAwait(false);
        }

        var rows = new List<T>();
        later.Add(new Statement(query.Sql, query.Values, null, reader => ReadAsync(reader, query.Row, rows)));
        return rows;
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

    public Task<T?> FirstAsync<T>(Query<T> query)
        where T : class => FirstAsync(query.Sql, query.Row, query.Values);

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

    private async Task ReadAsync<T>(DbDataReader reader, Func<DbDataReader, T> row, List<T> rows)
    {
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add(row(reader));
        }
    }

    /// <summary>All that wait, in one message.</summary>
    /// <returns>Rows that the last of them changed.</returns>
    private async Task<int> RunAsync()
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

        await using (var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            // Only queries give results.
            foreach (var read in statements.Select(statement => statement.Read).OfType<Func<DbDataReader, Task>>())
            {
                await read(reader).ConfigureAwait(false);
                await reader.NextResultAsync(cancellation).ConfigureAwait(false);
            }
        }

        foreach (var (statement, command) in statements.Zip(batch.BatchCommands))
        {
            if (statement.Otherwise is { } otherwise && command.RecordsAffected != 1)
            {
                throw otherwise();
            }
        }

        return batch.BatchCommands[^1].RecordsAffected;
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

    private sealed record Statement(string Sql, (string Name, object? Value)[] Values, Func<Exception>? Otherwise, Func<DbDataReader, Task>? Read);
}

/// <summary>A query and what a row of it becomes.</summary>
internal sealed record Query<T>(string Sql, Func<DbDataReader, T> Row, params (string Name, object? Value)[] Values);
