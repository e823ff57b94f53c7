namespace Quern.Bench.Events;

/// <summary>What fixes every byte of generated ad events, but the borders between files.</summary>
sealed record EventPlan
{
    /// <summary>Rows in all.</summary>
    public long Rows { get; init; } = 1_000_000;

    /// <summary>Files.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Random seed.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>First day, UTC.</summary>
    public DateOnly Start { get; init; } = new(2024, 1, 1);

    /// <summary>Days covered.</summary>
    public int Days { get; init; } = 366;

    /// <summary>Distinct advertisers.</summary>
    public int Advertisers { get; init; } = 1_654;

    /// <summary>Distinct publishers.</summary>
    public int Publishers { get; init; } = 1_114;

    /// <summary>The highest user id.</summary>
    public int Users { get; init; } = 2_000_000;

    /// <summary>Clicks per 1,000 impressions.</summary>
    public int Clicks { get; init; } = 50;

    /// <summary>Purchases per 1,000 clicks.</summary>
    public int Purchases { get; init; } = 6;

    /// <summary>Auctions per million that begin in the first millisecond of their day, as many in the last one, as many on a whole minute.</summary>
    public int Edges { get; init; } = 50;

    /// <summary>Share of rows without advertiser; and as many each without publisher, country, and price where there would be one.</summary>
    public double NullRate { get; init; }

    /// <summary>Share of rows with an unusual but valid spelling: a quoted cell, 0.0, a negative refund, an exponent.</summary>
    public double OddRate { get; init; }

    /// <summary>Lines end with CR LF.</summary>
    public bool CrLf { get; init; }

    /// <summary>Days come in sequence, each in no order; otherwise every part covers all days.</summary>
    public bool ByTime { get; init; }
}
