// app/screens/conflicts_view.h - answers that two devices changed without knowing of each other.
#pragma once

#include <string>
#include <vector>

#include "app/screens/fill_view.h"

namespace bordereau::app {

/// One of the answers that stand beside each other.
struct ConflictSide {
    std::string key;       ///< of the change
    std::string value;     ///< as stored
    std::string shown;     ///< for people; empty: the answer was cleared
    bool removed = false;  ///< of an entry of a repeat: it was removed there
    std::string who, when, device;
    bool used = false;        ///< counts until somebody decides: the later one
    std::string unlike = {};  ///< the part of a text that the others say otherwise, or empty
};

struct ConflictView {
    QuestionView question;  ///< to give another answer; of an entry: kind is instance
    std::string section;    ///< title, above the first one of a section
    std::vector<ConflictSide> sides;
};

struct ConflictsView {
    AuditHeader header;
    std::vector<ConflictView> conflicts;  ///< in the form's order
    bool can_decide = false;
    Date today;
};

}  // namespace bordereau::app
