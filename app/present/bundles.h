// app/present/bundles.h - what was written to a stick and what came in from one, in words.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"
#include "app/text/words.h"
#include "sync/bundling.h"

namespace bordereau::app {

/// One line, and how loud it is.
struct Told {
    Tone tone = Tone::good;
    std::string text;
};

std::vector<Told> told_of(const text::Words& words, const sync::BundleMade& made);
/// For each bundle what came in, or why not, what is safe, and what to do.
std::vector<Told> told_of(const text::Words& words, const sync::Imported& imported);
/// All lines as one message, as loud as the loudest.
MessageView message_of(const std::vector<Told>& told);

}  // namespace bordereau::app
