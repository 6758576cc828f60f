// app/desk/earlier_answers.h - what an earlier audit answered to the questions of an open one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"

namespace bordereau::app {

class Filling;

/// What copying to a question brings.
struct EarlierAnswer {
    const form::Element* element = nullptr;  ///< of the earlier session
    std::string value;
};

/// Finds answers while neither session changes. An entry of a repeat is the one that its first
/// required text or choice names, else its first one, where that tells all entries of both audits
/// apart; else the one at its position.
class EarlierAnswers {
public:
    /// Both outlive this.
    EarlierAnswers(const Filling& earlier, const form::Session& session);

    /// Nothing: there is none, or it waited there to be confirmed.
    std::optional<EarlierAnswer> at(const form::Element& question);

private:
    struct Repeat {
        std::string path, then;  ///< with the positions of the entries around it
    };
    std::optional<std::string> path_then(std::string_view path);
    void match(const Repeat& repeat);

    const Filling& earlier_;
    const form::Session& session_;
    /// Of each entry that was looked at: its path then, or nothing.
    std::map<std::string, std::optional<std::string>, std::less<>> entries_;
};

}  // namespace bordereau::app
