// app/screens/fill_view.h - one open section of an audit being recorded.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/screens/code_view.h"
#include "app/screens/file_view.h"
#include "app/screens/place_view.h"
#include "app/screens/view_types.h"
#include "storage/base/time.h"

namespace bordereau::app {

/// What a row of the section is. Repeats hold instances, instances and groups hold questions;
/// rows come in the order of the form's body, `depth` tells what lies in what.
/// A table stands in the place of the questions in it.
/// So does a block in the place of questions that stand side by side. After the entries of a
/// repeat stands an addition, where a person may add one.
enum class RowKind { question, group, repeat, instance, addition, table, block };

struct TableView;
struct BlockView;

/// Where the form asks for the note itself.
struct RemarkView {
    std::string label;  ///< empty: the interface's own words
    bool required = false;
    bool readonly = false;
    AnswerProblem problem = AnswerProblem::none;
    std::string message;  ///< what to do about `problem`; empty: the interface's own words
};

struct QuestionView {
    RowKind kind = RowKind::question;
    std::string
        key;        ///< for Answer, AddRepeat and RemoveRepeat; stays while other rows come and go
    int depth = 0;  ///< 0: directly in the section
    std::string number;  ///< "12", or empty
    std::string label;
    std::string hint;
    std::string guidance;  ///< longer help, folded until asked for
    Control control = Control::text;
    std::string appearance;
    std::string value;                          ///< as stored
    std::string shown;                          ///< the value for people, where it cannot be edited
    std::shared_ptr<const FileView> file;       ///< that answers it; null: none
    FileRuleView file_rule;                     ///< of a question that takes files
    std::shared_ptr<const PadView> pad;         ///< its picture may be drawn by hand; null: not
    std::shared_ptr<const PositionView> place;  ///< of a question of place; else null
    std::shared_ptr<const BarcodeView> code;    ///< of a barcode that was looked for; else null
    bool camera = false;                        ///< there is one, for its code or its picture
    ChoiceList choices;
    std::shared_ptr<const void> choices_of;  ///< what `choices` were made of: same, same choices
    std::string no_choices;   ///< why there are none, and what to do; empty where there are some
    std::uint64_t stamp = 0;  ///< of the presenter: equal, and the row is as it was
    std::string unit;         ///< after a number, or empty
    double range_start = 0, range_end = 0, range_step = 1;  ///< of a range
    bool required = false;
    bool readonly = false;
    AnswerProblem problem = AnswerProblem::none;
    std::string message;  ///< what to do about `problem`; empty: the interface's own words
    std::vector<CommentView> comments;
    std::string copied;   ///< from where, and not confirmed yet; empty: it was not
    std::string earlier;  ///< what may be copied to it, for people; empty: nothing
    std::string note;     ///< of whoever records the audit
    std::shared_ptr<const RemarkView> remark;  ///< what the note answers; null: nobody asked
    bool can_add = false;              ///< of a repeat: an addition stands after its entries
    std::string repeat;                ///< of an addition: key of the repeat; its label is the same
    bool can_remove = false;           ///< of an instance
    std::shared_ptr<TableView> table;  ///< of a table; else null
    std::shared_ptr<BlockView> block;  ///< of a block; else null
};

/// Whole numbers as a table. Totals are worded: "≥ 12" where cells are empty, empty where
/// all are.
struct TableView {
    std::vector<std::string> rows, columns;  ///< titles
    std::vector<QuestionView> cells;         ///< row by row
    std::vector<std::size_t> in_form;        ///< their places, in the order that the form asks them
    std::vector<std::string> row_totals, column_totals;
    std::string total;
};

/// Questions that stand side by side where there is room: with a list of choices in common as a
/// table of one row each, else in one line.
struct BlockView {
    std::vector<QuestionView> questions;
    std::vector<int> shares;  ///< of the width, of those in one line
    ChoiceList choices;       ///< of those with a list in common; else null
};

struct FillView {
    AuditHeader header;
    CopyView copy;
    std::string saved;  ///< "Saved 10:42", or what keeps it from being saved
    Tone saved_tone = Tone::good;
    bool told_above = false;  ///< that it is not saved, by the message over the page
    std::vector<SectionView> sections;
    int section = 0;                      ///< the open one
    std::vector<QuestionView> questions;  ///< rows of the open section
    bool one_page = false;                ///< only one question, or what belongs together
    int page = 0, pages = 0;              ///< of the open section, where `one_page`
    std::string page_key;                 ///< of the first question on it
    std::string scroll_to;                ///< key of the row to bring into sight
    int scroll_request = 0;   ///< changes with each wish to scroll; equal: leave the page alone
    std::string keyboard_to;  ///< key of the question whose field then takes the keyboard, or empty
    std::vector<LanguageView> languages;  ///< of the form
    std::string language;
    Date today;                 ///< where calendars open
    bool show_missing = false;  ///< finalizing was tried: unanswered required questions say so
    bool can_comment = true;
    bool can_undo = false, can_redo = false;
};

}  // namespace bordereau::app
