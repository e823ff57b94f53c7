namespace Quern.Arrow.Metadata;

/// <summary>What a message holds. The numbers are those of the union <c>MessageHeader</c> in Arrow's Message.fbs.</summary>
enum MessageKind : byte
{
    None = 0,
    Schema = 1,
    DictionaryBatch = 2,
    RecordBatch = 3,
}
