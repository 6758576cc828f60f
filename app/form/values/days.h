// app/form/values/days.h - moments as the day numbers that expressions calculate with.
#pragma once

#include "app/form/values/moment.h"

namespace bordereau::form {

/// Days since 1970-01-01T00:00Z with their fraction (ODK XForms, number()). A day counts from its
/// local midnight in the zone's standard time, so that days lie whole days apart all year: with
/// summer time, 31 March 2026 minus 1 March would be 29.96 in Tirana. (JavaRosa counts whole days
/// for the same reason, Enketo and web-forms have the fraction.) Instants are not moved.
double day_number(const Moment& moment, const Clock& clock);

}  // namespace bordereau::form
