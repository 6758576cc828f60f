// app/audit/instrument.h - what of the main form is scored: ten dimensions, their items, the
// critical ones, the computed ones. Data only; the arithmetic is in scores.h.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace bordereau::audit {

inline constexpr std::size_t kDimensions = 10;
inline constexpr std::size_t kIndexNeeds = 8;  ///< rated dimensions below which no index is given
inline constexpr int kCurrentMonths = 24;      ///< older audits leave the current figures

/// One dimension of practice. All items weigh the same, all dimensions weigh the same.
struct Dimension {
    std::string_view code;                       ///< "P1" to "P10"
    std::span<const std::string_view> items;     ///< scored questions
    std::span<const std::string_view> computed;  ///< figures calculated from counts, q_...
};

/// P1 to P10, in order.
std::span<const Dimension, kDimensions> dimensions();

/// Items about safety and dignity: a low answer caps the level of their dimension.
std::span<const std::string_view> critical_items();
bool critical(std::string_view item);

/// The section letter a finding about an item carries: "D" for d6.
char section_of(std::string_view item);

/// Where in P1..P10 the dimensions stand that reports name apart.
inline constexpr std::size_t kStaffSide = 6;                          ///< P7
inline constexpr std::array<std::size_t, 2> kServiceSide{7, 8};       ///< P8, P9
inline constexpr std::array<std::size_t, 5> kDrivers{1, 2, 3, 4, 5};  ///< P2 to P6

}  // namespace bordereau::audit
