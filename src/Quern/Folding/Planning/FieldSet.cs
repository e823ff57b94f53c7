using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Planning;

/// <summary>What records must hold for some keys: of several buckets of one moment only the finest.</summary>
sealed class FieldSet
{
    readonly List<FieldPlan> _fields = [];
    readonly LaneTypes _types;
    readonly IReadOnlySet<string> _hashed;

    public FieldSet(LaneTypes types, IReadOnlyList<Expression> keys, IReadOnlySet<string> hashed)
    {
        _hashed = hashed;
        _types = types;
        foreach (var moment in keys.OfType<BucketTerm>().GroupBy(b => b.Of))
        {
            var buckets = moment.Select(b => b.Bucket).ToList();
            var finest = buckets.Min();
            // Weeks and months are both made of days.
            if (!buckets.All(b => Buckets.Nests(finest, b))) finest = TimeBucket.Day;
            var value = new BucketTerm(finest, moment.Key);
            _fields.Add(new(finest.ToString().ToLowerInvariant(), value, KeyKind.Whole, types.Of(value).Type, finest));
        }
    }

    /// <summary>All fields.</summary>
    public IReadOnlyList<FieldPlan> All => _fields;

    /// <summary>The key of a name, whose field is added if it is not there.</summary>
    public KeyPlan Key(string name, Expression value)
    {
        var (kind, type) = _types.Of(value);
        if (value is BucketTerm bucket)
            return new(name, type, KeyKind.Whole, _fields.FindIndex(f => f.Bucket is not null && ((BucketTerm)f.Value).Of == bucket.Of), bucket.Bucket);
        var field = _fields.FindIndex(f => f.Bucket is null && f.Value == value);
        if (field < 0)
        {
            if (kind == LaneKind.Double) throw new NotCovered($"{name} is a DOUBLE: groups of doubles are the engine's");
            field = _fields.Count;
            _fields.Add(new(name, value, kind != LaneKind.Text ? KeyKind.Whole : _hashed.Contains(name) ? KeyKind.Hashed : KeyKind.Text, type));
        }
        return new(name, type, _fields[field].Kind, field);
    }
}
