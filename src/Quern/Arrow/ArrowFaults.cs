using System.Globalization;
using Quern.Arrow.Metadata;

namespace Quern.Arrow;

/// <summary>The faults of reading Arrow files.</summary>
static class ArrowFaults
{
    /// <summary>Code of <see cref="NoFit"/>, which learns its file and batch from the reader.</summary>
    public const string NoFitCode = "QN3255";

    const string Again = "write or fetch the file again";

    /// <summary>The first bytes are not those of an Arrow file or stream.</summary>
    public static QuernException NotArrow(string name) => new(new Fault("QN3250", "not an Arrow file")
    {
        Where = name,
        Wanted = "ARROW1 in front, or a stream of Arrow messages",
        Try = ["Feather files of version 1 must be written again, as version 2"],
    });

    /// <summary>The file ends before it should.</summary>
    public static QuernException CutShort(string name, long bytes) => new(new Fault("QN3251", "the Arrow file is cut short")
    {
        Where = name,
        Value = string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"),
        Try = [Again],
    });

    /// <summary>Something in the file contradicts itself.</summary>
    /// <param name="name">The file.</param>
    /// <param name="part">Which part of it; null for the file as a whole.</param>
    /// <param name="reason">What is wrong.</param>
    public static QuernException Damaged(string name, string? part, InvalidDataException reason) =>
        new(
            new Fault("QN3252", "the Arrow file is damaged")
            {
                Where = part is null ? name : $"{name}, {part}",
                Value = reason.Message,
                Try = [Again],
            },
            reason);

    /// <summary>A column has a type that Quern does not read.</summary>
    public static QuernException NoType(string name, Field field) =>
        new(new Fault("QN3253", "a column of the Arrow file has a type that Quern does not read")
        {
            Where = $"{name}, column \"{field.Name}\"",
            Value = field.TypeName,
            Try = ["leave the column out where the file is written, or cast it there"],
        });

    /// <summary>Files that are read together have different columns.</summary>
    public static QuernException Differ(string name, string value, string wanted) =>
        new(new Fault("QN3254", "Arrow files that are read together have different columns")
        {
            Where = name,
            Value = value,
            Wanted = wanted,
            Try = ["read the files one by one, and unite them in SQL"],
        });

    /// <summary>A value has no place in the type of its column.</summary>
    /// <param name="field">The column.</param>
    /// <param name="row">Row of the batch, from 0.</param>
    /// <param name="value">The value, as it lies there.</param>
    /// <param name="wanted">What would fit.</param>
    public static QuernException NoFit(Field field, int row, string value, string wanted) =>
        new(new Fault("QN3255", "a value of the Arrow file does not fit its column")
        {
            Where = string.Create(CultureInfo.InvariantCulture, $"row {row + 1:N0}, column \"{field.Name}\""),
            Value = value,
            Wanted = wanted,
            Try = ["leave the column out, or cast it where the file is written"],
        });

    /// <summary>A stream replaces a dictionary, which only who reads it in order can follow.</summary>
    public static QuernException Replaced(string name) =>
        new(new Fault("QN3256", "the Arrow file replaces a dictionary")
        {
            Where = name,
            Wanted = "a dictionary that stays, or grows",
            Try = ["write it as a file, not as a stream, or without dictionaries"],
        });

    /// <summary>An argument of the table function cannot be used.</summary>
    public static QuernException Argument(string option, string? value, string wanted) =>
        new(new Fault("QN3257", "quern_arrow does not take this value of an argument")
        {
            Where = option,
            Value = value,
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });
}
