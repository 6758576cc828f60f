// app/desk/beside.h - what is recorded beside an answer: as an answer too, at the question's path
// with an attribute behind it. So it is durable, travels, and stands in conflicts and in the
// history as answers do.
//
//   /data/room[k7]/use/@note     the officer's own remark at the question; nothing there: none
//   /data/room[k7]/use/@copied   the audit that the answer was copied from; empty: somebody has
//                                confirmed it; nothing there: it became another answer
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordereau::app {

inline constexpr std::string_view kNoteBeside = "/@note";
inline constexpr std::string_view kCopiedBeside = "/@copied";

inline std::string note_path(std::string_view question) {
    return std::string{question}.append(kNoteBeside);
}
inline std::string copied_path(std::string_view question) {
    return std::string{question}.append(kCopiedBeside);
}

/// The question that a path with this attribute is about; nothing: it has none.
inline std::optional<std::string_view> question_of(std::string_view path,
                                                   std::string_view attribute) {
    if (!path.ends_with(attribute)) return std::nullopt;
    return path.substr(0, path.size() - attribute.size());
}

}  // namespace bordereau::app
