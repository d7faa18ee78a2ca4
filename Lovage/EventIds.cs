namespace Lovage;

/// <summary>The ids of log events: a range of a hundred for each folder, never reused.</summary>
internal static class EventIds
{
    public const int QueueNotReady = 1000;
    public const int QueueReady = 1001;
    public const int LeaseNotGivenUp = 1207;
    public const int StoreNotReady = 1204;
    public const int StoreReady = 1205;
    public const int StoreEvicts = 1206;
    public const int DoorbellNotRung = 1100;
    public const int LeaseAcquired = 1200;
    public const int LeaseLost = 1201;
    public const int LeaseNotRenewed = 1202;
    public const int JobStarted = 1300;
    public const int JobSucceeded = 1301;
    public const int JobFailed = 1302;
    public const int JobReleased = 1303;
    public const int StaleSettlement = 1304;
    public const int MessageRepeated = 1305;
    public const int JobForgotten = 1306;
    public const int JobRebuilt = 1307;
    public const int JobReclaimed = 1308;
    public const int StoreUnavailable = 1309;
    public const int HandedBack = 1310;
    public const int LeaseRestored = 1203;
    public const int BodyAbandoned = 1311;
    public const int Recycling = 1312;
    public const int JobRetried = 1313;
    public const int JobCancelled = 1314;
    public const int JobRestored = 1315;
    public const int JobCrashed = 1316;
    public const int MessageBuried = 1317;
    public const int CallbackThrew = 1318;
    public const int RunForgotten = 1319;
    public const int JobsRescued = 1320;
    public const int UnknownJobHandedBack = 1321;
    public const int JobRungAgain = 1400;
    public const int SweepFailed = 1401;
    public const int SweepRecovered = 1402;
    public const int JobTakenBack = 1403;
    public const int JobsTrimmed = 1404;
    public const int OutboxFailed = 1500;
    public const int OutboxRecovered = 1501;
    public const int OutboxUnreadable = 1502;
}
