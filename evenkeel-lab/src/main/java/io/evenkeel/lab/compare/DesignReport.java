package io.evenkeel.lab.compare;

import io.evenkeel.lab.replay.ReplayReport;

/// What one design made of the crash.
///
/// @param name of the design: its rulebook's name and version
/// @param replay the replay as a plain one reports it
/// @param liquidations who was closed, and at what cost
/// @param distress time below maintenance
/// @param recoveries who would have recovered
/// @param deleveraging closings against holders of the other side
/// @param burden who bore what was left
/// @param cascade how far liquidations could have fed on themselves
/// @param largestDisplacement how far closing flow moved a mark away from the tape at most, a share
///   of the price; 0 without impact
/// @param timeline for plots
public record DesignReport(
    String name,
    ReplayReport replay,
    LiquidationFigures liquidations,
    DistressFigures distress,
    RecoveryFigures recoveries,
    DeleveragingFigures deleveraging,
    BurdenFigures burden,
    CascadeFigures cascade,
    double largestDisplacement,
    Timeline timeline) {}
