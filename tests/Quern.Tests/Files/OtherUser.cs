using System.Runtime.InteropServices;

namespace Quern.Tests.Files;

/// <summary>
/// Runs code that must meet permissions: root may do anything, so a thread of its own gives that up for its file
/// accesses.
/// </summary>
static partial class OtherUser
{
    const uint Nobody = 65534;

    internal static T Run<T>(Func<T> act)
    {
        var result = default(T);
        var failure = default(Exception);
        var thread = new Thread(() =>
        {
            var before = SetFileUser(Nobody);
            try
            {
                result = act();
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                _ = SetFileUser((uint)before);
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("the code failed as another user",
            failure);
    }

    /// <summary>
    /// Per thread; going from root to another user also drops the right to pass over permissions (setfsuid(2)).
    /// </summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
