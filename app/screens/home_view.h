// app/screens/home_view.h - the audits this person may see, and what needs them first.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

struct AuditRow {
    AuditId audit;
    std::string title;
    std::string form;
    std::string unit;
    AuditState state = AuditState::draft;
    std::string person;     ///< who records it
    std::string changed;    ///< worded moment of the last change
    ProgressView progress;  ///< of an open audit, as its overview says it; else empty
    int open_comments = 0;
    bool waiting = false;  ///< holds changes that have not travelled yet
    std::string found;     ///< "Question: some «words» around"; empty where nothing was searched
};

/// A filter of the list. `state` is what FilterByState takes; words: "filter.<state>",
/// "filter.all".
struct StateFilter {
    std::string state;
    int count = 0;
};

/// A form a new audit can be made of.
struct FormChoice {
    FormId form;
    std::string version;
    std::string title;
    std::string about;  ///< "139 questions, version 2026.1"
};

/// Something that waits for this person: leads to an audit or, without one, to a place.
struct NeedView {
    Tone tone = Tone::info;
    std::string text;
    AuditId audit;
    Place place = Place::home;
    std::string filter = {};  ///< of the list that names them; empty: none
};

struct HomeView {
    std::vector<NeedView> needs;  ///< most urgent first
    std::vector<StateFilter> filters;
    std::string filter;          ///< the state shown; empty: all
    std::string search;          ///< what the list was searched for
    std::vector<AuditRow> rows;  ///< the first of them; the rest comes with MoreAudits
    bool more = false;           ///< there are further rows
    int in_all = 0;              ///< audits without filter and search
    std::string note;            ///< about the search: what was not understood or not looked at
    std::vector<FormChoice> forms;
};

}  // namespace bordereau::app
