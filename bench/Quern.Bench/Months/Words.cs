namespace Quern.Bench.Months;

/// <summary>The vocabulary of a month: what apps, namespaces and labels are called.</summary>
static class Words
{
    /// <summary>Namespaces of the platform itself; cost category patterns <c>openshift-%</c> and <c>kube-%</c> match them.</summary>
    public static ReadOnlySpan<string> Platform => (string[])
    [
        "openshift-monitoring", "openshift-ingress", "openshift-dns", "openshift-etcd", "openshift-kube-apiserver",
        "kube-system", "openshift-image-registry", "openshift-logging", "openshift-sdn", "kube-public",
    ];

    public static ReadOnlySpan<string> Teams => (string[])
    [
        "payments", "catalog", "search", "billing", "identity", "shipping", "pricing", "analytics", "media", "support",
    ];

    public static ReadOnlySpan<string> Environments => (string[])["prod", "stage", "dev", "qa"];

    public static ReadOnlySpan<string> Apps => (string[])
    [
        "web", "api", "db", "cache", "worker", "batch", "ingest", "index", "auth", "mailer", "gateway", "scheduler",
        "report", "queue", "proxy", "exporter", "sync", "notify", "audit", "ledger",
    ];

    public static ReadOnlySpan<string> Zones => (string[])["us-east-1a", "us-east-1b", "us-east-1c"];

    /// <summary>Keys of pod labels beside <c>app</c>, each with its values.</summary>
    public static ReadOnlySpan<(string Key, string[] Values)> PodLabels => (ReadOnlySpan<(string, string[])>)
        new (string, string[])[]
        {
            ("env", ["prod", "stage", "dev", "qa"]),
            ("team", ["payments", "catalog", "search", "billing", "identity", "shipping"]),
            ("tier", ["frontend", "backend", "data"]),
            ("version", ["v1", "v1.2", "v2", "v2.1-rc", "2025.10", "latest"]),
            ("component", ["server", "sidecar", "job", "controller"]),
            ("part_of", ["shop", "platform", "warehouse"]),
            ("managed_by", ["helm", "argocd", "operator"]),
            ("cost-center", ["cc-100", "cc-210", "cc-345", "cc-400"]),
        };

    /// <summary>
    /// Keys that take part in the summary. <c>part_of</c>, <c>managed_by</c>, <c>pod_template_hash</c>, <c>kernel</c> and
    /// <c>kubernetes_io_arch</c> stay out, so that filtering has something to do.
    /// </summary>
    public static ReadOnlySpan<string> EnabledKeys => (string[])
    [
        "app", "component", "cost-center", "env", "owner", "storage_tier", "team", "tier", "version", "zone",
    ];
}
