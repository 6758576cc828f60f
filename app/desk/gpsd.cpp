#include "app/desk/gpsd.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace bordereau::app {
namespace {

using Json = nlohmann::json;

std::optional<double> number(const Json& from, const char* name) {
    const auto found = from.find(name);
    if (found == from.end() || !found->is_number()) return std::nullopt;
    const double value = found->get<double>();
    return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

// gpsd 3.20 and later estimate the error on the ground as "eph"; earlier ones along each axis.
std::optional<double> accuracy_of(const Json& report) {
    auto error = number(report, "eph");
    if (!error) {
        const auto east = number(report, "epx"), north = number(report, "epy");
        if (east && north) error = std::max(*east, *north);
    }
    return error && *error >= 0 ? error : std::nullopt;
}

std::optional<double> altitude_of(const Json& report) {
    for (const char* name : {"altMSL", "alt", "altHAE"})
        if (const auto altitude = number(report, name)) return altitude;
    return std::nullopt;
}

// "TPV": time, position, velocity. Mode 2 is a place on the ground, 3 one with its altitude.
void read_place(const Json& report, GpsdLine& line) {
    const double mode = number(report, "mode").value_or(0);
    const auto latitude = number(report, "lat"), longitude = number(report, "lon");
    const bool there = mode >= 2 && latitude && longitude && std::fabs(*latitude) <= 90 &&
                       std::fabs(*longitude) <= 180;
    line.no_fix = !there;
    if (!there) return;
    line.fix = Fix{*latitude, *longitude, {}, accuracy_of(report)};
    if (mode >= 3) line.fix->altitude = altitude_of(report);
}

void read_sky(const Json& report, GpsdLine& line) {
    if (const auto used = number(report, "uSat")) {
        line.satellites = static_cast<int>(std::clamp(*used, 0.0, 999.0));
        return;
    }
    const auto list = report.find("satellites");
    if (list == report.end() || !list->is_array()) return;
    line.satellites = static_cast<int>(std::ranges::count_if(*list, [](const Json& one) {
        const auto used = one.is_object() ? one.find("used") : one.end();
        return one.is_object() && used != one.end() && used->is_boolean() && used->get<bool>();
    }));
}

}  // namespace

GpsdLine read_gpsd_line(std::string_view text) {
    GpsdLine line;
    if (text.size() > kLongestGpsdLine) return line;
    const Json report = Json::parse(text, nullptr, false);
    if (!report.is_object()) return line;
    const auto kind = report.find("class");
    if (kind == report.end() || !kind->is_string()) return line;
    if (*kind == "TPV") read_place(report, line);
    if (*kind == "SKY") read_sky(report, line);
    if (*kind == "DEVICES") {
        const auto devices = report.find("devices");
        if (devices != report.end() && devices->is_array()) line.receivers = !devices->empty();
    }
    return line;
}

}  // namespace bordereau::app
