// tests/fuzz/filling.h - fills any form the way an impatient person would: every question, every
// button, every language.
#pragma once

#include "app/form/session/session.h"

namespace bordereau::form::fuzz {

/// A fixed clock, seeded randomness, digests that are none.
Environment environment();

/// Answers, adds, removes and reads whatever the form shows, within bounds; finalizes at last.
void fill(Session& session);

/// Stops the program unless the session's record can be taken up again and written the same.
void check_round_trip(const Session& session);

}  // namespace bordereau::form::fuzz
