using Quern.Jinja.Values;

namespace Quern.Projects.Context;

static class AdapterFunctions
{
    public static MemberObject Make(Dispatch dispatch) => MemberObject.Of("adapter", new Function("dispatch", dispatch.Find));
}
