#include "app/form/xpath/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <string>

namespace bordereau::form::xpath {
namespace {

// Enough for any sensible pattern over an answer; a hostile one ends here instead of never.
constexpr std::uint32_t kMostSteps = 1'000'000;
constexpr std::uint32_t kMostDepth = 20'000;

using MatchData = std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)>;
using MatchLimits = std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)>;

}  // namespace

struct Pattern::Code {
    explicit Code(pcre2_code* compiled) : code{compiled} {}
    ~Code() { pcre2_code_free(code); }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    pcre2_code* code;
};

Result<Pattern> Pattern::compile(std::string_view pattern) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr);
    if (code != nullptr) return Pattern{std::make_shared<const Code>(code)};
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    return Error{ErrorCode::invalid, "the pattern is not a regular expression (character " +
                                         std::to_string(offset + 1) +
                                         "): " + reinterpret_cast<const char*>(message.data())};
}

bool Pattern::matches(std::string_view text) const {
    const MatchData data{pcre2_match_data_create_from_pattern(code_->code, nullptr),
                         pcre2_match_data_free};
    const MatchLimits limits{pcre2_match_context_create(nullptr), pcre2_match_context_free};
    pcre2_set_match_limit(limits.get(), kMostSteps);
    pcre2_set_depth_limit(limits.get(), kMostDepth);
    return pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0,
                       PCRE2_ANCHORED | PCRE2_ENDANCHORED, data.get(), limits.get()) > 0;
}

}  // namespace bordereau::form::xpath
