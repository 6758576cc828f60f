// app/cli/audit_print.h - audits as lines of text, or as JSON for scripts.
#pragma once

#include <vector>

#include "app/cli/console.h"
#include "app/desk/filling.h"
#include "storage/audits.h"
#include "storage/reviews.h"

namespace bordereau::app::cli {

void print_audits(const Console& console, const std::vector<storage::AuditSummary>& audits);

/// Answers by section with their labels, then comments and problems.
void print_audit(const Console& console, const Filling& filling,
                 const std::vector<storage::ReviewComment>& comments);

/// Questions whose copied answers wait to be confirmed, a line each.
void print_unconfirmed(const Console& console, const Filling& filling);

/// Questions whose answers are no choices of theirs, a line each.
void print_off_list(const Console& console, const Filling& filling);

/// The first of a question's choices, and how to see all: for a sentence.
std::string choices_in_words(const Console& console, const Filling& filling,
                             const form::Element& element);
/// All of them, a line each: what to answer with, a tab, and what it means. By name or XPath.
Exit print_choices(const Console& console, const Filling& filling, const std::string& question);

enum class Shown { all, invalid_only };  ///< invalid_only leaves out what is merely missing
void print_problems(const Console& console, const Filling& filling, Shown shown);

}  // namespace bordereau::app::cli
