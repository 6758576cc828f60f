// app/desk/off_list.h - answers that no choice of their question stands for. A screen offers none;
// scripts may give them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"

namespace bordereau::app {

/// What of an answer is no choice of its question now; nothing where the question does not choose.
std::vector<std::string> off_list(const form::Session& session, const form::Element& element,
                                  std::string_view answer);

/// The questions shown now whose answers are, in whole or in part, no choice of theirs.
std::vector<form::NodeId> answers_off_list(const form::Session& session);

}  // namespace bordereau::app
