// The kinds of decisions, and which events belong to each.

export const KINDS = [
  {
    name: 'calls',
    title: 'Calls',
    types: ['marginCallIssued', 'marginCallUpdated', 'marginCallEnded'],
  },
  { name: 'topups', title: 'Top-ups', types: ['toppedUp', 'orderMarginSecured'] },
  { name: 'releases', title: 'Releases', types: ['released'] },
  {
    name: 'liquidations',
    title: 'Liquidations',
    types: [
      'liquidationStarted',
      'ordersCancelled',
      'collateralConverted',
      'positionReduced',
      'accountTakenOver',
      'auctionStarted',
      'auctionBidTaken',
      'auctionEnded',
      'liquidationEnded',
    ],
  },
  {
    name: 'losses',
    title: 'Losses',
    types: ['insuranceDrawn', 'lossShared', 'profitReduced', 'lossUnpaid', 'badDebtRecorded'],
  },
  {
    name: 'prices',
    title: 'Prices',
    types: [
      'markRejected',
      'marketDataDegraded',
      'marketDataRestored',
      'marketDataLost',
      'slowInputStated',
      'settlementPriceStated',
      'settlementAveraged',
    ],
  },
  {
    name: 'alarms',
    title: 'Alarms',
    types: ['alarmRaised', 'accountFrozen', 'instrumentFrozen'],
  },
  { name: 'others', title: 'Others', types: [] },
];

const OF_TYPE = new Map(KINDS.flatMap((kind) => kind.types.map((type) => [type, kind.name])));

/** Name of the kind an event belongs to. */
export function kindOf(event) {
  return OF_TYPE.get(event.type) ?? 'others';
}
