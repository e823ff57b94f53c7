namespace Quern.Models.Deliveries;

/// <summary>Is told how deliveries go. Default: nothing happens.</summary>
public class DeliveryWatcher
{
    /// <summary>A delivery begins to be sent.</summary>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="delivery">The delivery.</param>
    public virtual void Started(int index, int total, PlannedDelivery delivery)
    {
    }

    /// <summary>A delivery is in place, has failed, or was skipped.</summary>
    public virtual void Finished(int index, int total, DeliveryResult result)
    {
    }
}
