#include "app/text/position_link.h"

#include <array>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

std::string from_percent(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto octet = text[at] == '%' ? from_hex(text.substr(at + 1, 2)) : std::nullopt;
        if (octet && octet->size() == 1) {
            out += *octet;
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

// The number at the beginning, as written; empty: none.
std::string_view number_at(std::string_view text) {
    std::size_t end = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    const std::size_t first = end;
    while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.')) ++end;
    return end > first ? text.substr(0, end) : std::string_view{};
}

// "1.5,36.8" after `mark`.
std::optional<std::string> pair_after(std::string_view text, std::string_view mark) {
    for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
        std::string_view rest = text.substr(at + mark.size());
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        const std::string_view first = number_at(rest);
        if (first.empty()) continue;
        rest.remove_prefix(first.size());
        if (!rest.starts_with(',')) continue;
        rest.remove_prefix(1);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        const std::string_view second = number_at(rest);
        if (!second.empty()) return std::string{first} + "; " + std::string{second};
    }
    return std::nullopt;
}

std::optional<std::string> two_after(std::string_view text, std::string_view one,
                                     std::string_view other) {
    const std::size_t at = text.find(one), to = text.find(other);
    if (at == text.npos || to == text.npos) return std::nullopt;
    const std::string_view first = number_at(text.substr(at + one.size()));
    const std::string_view second = number_at(text.substr(to + other.size()));
    if (first.empty() || second.empty()) return std::nullopt;
    return std::string{first} + "; " + std::string{second};
}

// "#map=12/1.5/36.8", as OpenStreetMap writes it.
std::optional<std::string> shown_in(std::string_view text) {
    const std::size_t at = text.find("#map=");
    if (at == text.npos) return std::nullopt;
    const auto parts = split(text.substr(at + 5), '/');
    if (parts.size() < 3) return std::nullopt;
    const std::string_view first = number_at(parts[1]), second = number_at(parts[2]);
    if (first.empty() || second.empty()) return std::nullopt;
    return std::string{first} + "; " + std::string{second};
}

// geo:lat,lon[,alt][;u=accuracy] of RFC 5870; Android writes the place behind "q=".
std::optional<std::string> geo_address(std::string_view address) {
    const std::string_view rest = address.substr(4);
    auto place = pair_after(rest, "q=");
    if (place) return place;
    place = pair_after("@" + std::string{rest}, "@");
    if (!place) return std::nullopt;
    const auto parts = split(rest.substr(0, rest.find_first_of(";?")), ',');
    if (parts.size() > 2 && !number_at(parts[2]).empty())
        *place += "; alt " + std::string{number_at(parts[2])};
    const std::size_t mark = rest.find(";u=");
    if (mark != rest.npos && !number_at(rest.substr(mark + 3)).empty())
        *place += "; acc " + std::string{number_at(rest.substr(mark + 3))};
    return place;
}

}  // namespace

bool is_address(std::string_view written) {
    return starts_with_ignoring_case(written, "geo:") || written.find("://") != written.npos ||
           starts_with_ignoring_case(written, "maps.app.goo.gl/") ||
           starts_with_ignoring_case(written, "www.");
}

bool is_short_link(std::string_view address) {
    for (const std::string_view host : {"maps.app.goo.gl/", "goo.gl/", "osm.org/go/", "bit.ly/"})
        if (address.find(host) != address.npos) return true;
    return false;
}

// What marks the place itself goes before what the map only shows.
std::optional<std::string> place_in(std::string_view address) {
    const std::string plain = from_percent(address);
    if (starts_with_ignoring_case(plain, "geo:")) return geo_address(plain);
    if (auto place = two_after(plain, "!3d", "!4d")) return place;
    if (auto place = two_after(plain, "mlat=", "mlon=")) return place;
    constexpr std::array<std::string_view, 8> kMarks{
        "q=", "query=", "/place/", "destination=", "ll=", "loc:", "center=", "/@"};
    for (const std::string_view mark : kMarks)
        if (auto place = pair_after(plain, mark)) return place;
    if (auto place = two_after(plain, "lat=", "lon=")) return place;
    return shown_in(plain);
}

}  // namespace bordereau::text
