using System.Text;
using Quern.Projects.Nodes;
using Quern.Projects.Times;

namespace Quern.Projects.Artifacts;

/// <summary>The SQL of nodes below the folder of artifacts: <c>compiled/</c> has the queries, <c>run/</c> what was sent to the
/// database.</summary>
public static class CompiledFile
{
    /// <summary>Where a node's SQL lies: <c>compiled/shop/models/staging/orders.sql</c>; that of a node that shares its file with others
    /// in a folder of the file's name: <c>compiled/shop/models/staging/staging.yml/unique_orders_id.sql</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="folder"><c>compiled</c> or <c>run</c>.</param>
    public static string PathOf(Node node, string folder = "compiled")
    {
        ArgumentNullException.ThrowIfNull(node);
        var file = node.File.StartsWith("./", StringComparison.Ordinal) ? node.File[2..] : node.File;
        var isAlone = Path.GetFileName(node.PathInRoot.AsSpan()).SequenceEqual(Path.GetFileName(file.AsSpan()));
        return Path.Combine(folder, node.Package, isAlone ? file : Path.Combine(file, node.PathInRoot));
    }

    /// <summary>Replaces the file of a node.</summary>
    /// <param name="project">The project.</param>
    /// <param name="node">The node.</param>
    /// <param name="sql">Its SQL.</param>
    /// <param name="folder"><c>compiled</c> or <c>run</c>.</param>
    /// <returns>Its absolute path.</returns>
    /// <remarks>Written in place, without the care that outputs get: a run writes thousands of them, and any can be had again.</remarks>
    /// <exception cref="QuernException">QN7162: it cannot be written.</exception>
    public static string Write(LoadedProject project, Node node, string sql, string folder = "compiled")
    {
        ArgumentNullException.ThrowIfNull(project);
        return Write(Path.Combine(project.TargetFolder, PathOf(node, folder)), project.Invocation.Secrets.Hide(sql));
    }

    /// <summary>Replaces the file of a part of a node, in a folder of the node's name: <c>models/events/events_20260131.sql</c>.</summary>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN7162: it cannot be written.</exception>
    internal static string Write(LoadedProject project, Node node, EventBatch batch, string sql)
    {
        var whole = Path.Combine(project.TargetFolder, PathOf(node));
        return Write(Path.Combine(Path.ChangeExtension(whole, null), $"{node.Name}_{batch.Id}.sql"), sql);
    }

    /// <summary>Replaces the file of a unit test, in a folder of its file's name.</summary>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN7162: it cannot be written.</exception>
    internal static string Write(LoadedProject project, UnitTest test, string sql) =>
        Write(Path.Combine(project.TargetFolder, "compiled", test.Package, test.File, $"{test.Name}.sql"), project.Invocation.Secrets.Hide(sql));

    /// <summary>Replaces a file, and makes its folder when that is missing; several threads may need the same folder at once.</summary>
    internal static string Write(string path, string sql)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        try
        {
            try
            {
                File.WriteAllBytes(path, bytes);
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
            {
                // The runtime says that the file is missing when another thread makes the folder just then.
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuernException(
                new Fault("QN7162", "the SQL of a node cannot be written")
                {
                    Where = path,
                    Value = e.Message,
                    Try = ["--target-path FOLDER in which you may write"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }
}
