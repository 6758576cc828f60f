#include "app/audit/rounding.h"

#include <cmath>

#include "storage/base/check.h"

namespace bordereau::audit {

std::int64_t rounded_quotient(std::int64_t numerator, std::int64_t denominator) {
    check(denominator > 0, "a ratio needs a positive denominator");
    const std::int64_t doubled = 2 * numerator + denominator, divisor = 2 * denominator;
    const std::int64_t quotient = doubled / divisor;
    return doubled % divisor < 0 ? quotient - 1 : quotient;
}

double rounded_ratio(std::int64_t numerator, std::int64_t denominator) {
    return static_cast<double>(rounded_quotient(100 * numerator, denominator)) / 100.0;
}

double percent(std::int64_t part, std::int64_t whole) {
    return static_cast<double>(rounded_quotient(1000 * part, whole)) / 10.0;
}

std::int64_t hundredths(double number) {
    return std::llround(number * 100.0);
}

}  // namespace bordereau::audit
