// sync/clock_check.h - what is sealed under a clock that runs ahead is taken by nobody before that
// day has come, and cannot be dated anew: before such a round the endpoint is asked for its time.
#pragma once

#include <stop_token>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "sync/station.h"

namespace bordereau::sync {

/// How far the clock here is ahead of the endpoint's, milliseconds, negative where it is behind; 0
/// where they differ by less than the endpoint minds (kClockTolerance). One request of some 200
/// bytes, which changes nothing. Errors as run_round().
Result<Millis> ahead_of_endpoint(const Station& station, const Clock& clock, const Entropy& entropy,
                                 const std::stop_token& stop);

/// Seals what may travel, as a round begins. Where nothing was heard of the endpoint's time for
/// longer than changes may be dated ahead (storage::kMostAhead), it is asked first.
///   too_soon   this clock runs further ahead than that: nothing was sealed, and a round is of no
///              use before it is set
/// else as ahead_of_endpoint() and Journal::seal_finished().
Status seal_for_round(const Station& station, const Clock& clock, const Entropy& entropy,
                      const std::stop_token& stop);

}  // namespace bordereau::sync
