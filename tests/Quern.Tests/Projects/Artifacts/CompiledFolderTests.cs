using Quern.Projects.Artifacts;
using Quern.Tests.Files;

namespace Quern.Tests.Projects.Artifacts;

public sealed class CompiledFolderTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_that_need_the_same_new_folder_at_once_all_write()
    {
        for (var round = 0; round < 200; round++)
        {
            var folder = Path.Combine(_folder.Path, $"{round}", "compiled", "shop", "models");
            Parallel.For(0, 4, i => CompiledFile.Write(Path.Combine(folder, $"{i}.sql"), "select 1"));
            Assert.Equal(4, Directory.GetFiles(folder).Length);
        }
    }
}
