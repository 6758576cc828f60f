// app/present/fill.h - the open section of an audit as rows of a screen.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/desk/filling.h"
#include "app/present/outline.h"
#include "app/present/presenting.h"
#include "app/screens/fill_view.h"
#include "storage/reviews.h"

namespace bordereau::app {

/// What a person looks at in an open audit.
struct Reading {
    int section = 0;
    std::string scroll_to;    ///< key of a row
    int scroll_request = 0;   ///< grows with each wish
    std::string keyboard_to;  ///< key of the question that the keyboard is to be at then
    bool one_page = false;    ///< one question at a time
    std::string page_key;     ///< of a question on the open page; not there any more: `page` holds
    int page = 0;             ///< below zero: the last one
};

/// What stands beside answers, for those rows that have it.
struct BesideRows {
    const Filling& filling;
    const Filling* earlier = nullptr;  ///< to copy from; null: none
};

/// `before`: the rows that the last view of the same filling had; what did not change since is
/// taken from there.
FillView present_fill(const Presenting& present, const BesideRows& open, const Reading& reading,
                      std::span<const storage::ReviewComment> comments,
                      std::vector<QuestionView> before = {});

/// Sections with progress, problems and open comments.
std::vector<SectionView> present_sections(const form::Session& session,
                                          const std::vector<Section>& sections,
                                          std::span<const storage::ReviewComment> comments);

/// Rows of one section. `resolving`: open comments may be marked as resolved from here.
/// `open`: whose copied answers and notes are shown; null: without.
std::vector<QuestionView> present_rows(const Presenting& present, const form::Session& session,
                                       const Section& section,
                                       std::span<const storage::ReviewComment> comments,
                                       bool resolving, std::vector<QuestionView> before = {},
                                       const BesideRows* open = nullptr);

/// What stands beside the answer of a row, put into it. `earlier`: of `open.earlier`; null: none.
void add_beside(const Presenting& present, const BesideRows& open, EarlierAnswers* earlier,
                const form::Element& element, QuestionView& row);

/// What may be copied into an open audit, and what waits in this section and in all.
CopyView present_copy(const Presenting& present, const BesideRows& open, const Section* section);

/// The earlier audit and when it was: "Unit audit, 4 March 2025".
std::string audit_and_day(const Presenting& present, const storage::AuditSummary& audit);

std::vector<CommentView> present_comments(const Presenting& present,
                                          std::span<const storage::ReviewComment> comments,
                                          std::string_view path, bool resolving);

/// One question or entry with its choices, as a row of its own.
QuestionView present_question(const form::Session& session, const form::Element& element,
                              std::string key);

AnswerProblem shown_problem(form::Validity validity);

Control control_for(form::Widget widget);

}  // namespace bordereau::app
