package io.evenkeel.lab.compare;

/// Liquidations that time would have undone: each account as it was when its liquidation began (its
/// money, positions and costs; without its open orders, which every liquidation cancels first),
/// held unchanged and weighed by the engine at every later tick of the same run. It has *recovered*
/// once its equity is back at the level it was closed for being below: maintenance, or initial when
/// a margin call had expired. Only liquidations in which something was closed are counted.
///
/// @param followed liquidations that were held on to like this
/// @param within10Minutes of them, recovered by then
/// @param within60Minutes the same by then, including those before
/// @param initialWithin10Minutes back at the initial level by then, so fit for new risk
/// @param initialWithin60Minutes the same by then
/// @param cutShort not recovered, but the prices ended before 60 minutes had passed
/// @param notFollowed liquidations that were not held on to, because too many already were
/// @param unlike of those followed, how many the engine did not weigh at the start exactly as it
///   had weighed the account; 0 unless something is wrong
public record RecoveryFigures(
    long followed,
    long within10Minutes,
    long within60Minutes,
    long initialWithin10Minutes,
    long initialWithin60Minutes,
    long cutShort,
    long notFollowed,
    long unlike) {}
