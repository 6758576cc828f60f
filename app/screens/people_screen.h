// app/screens/people_screen.h - draws who shares the notebook.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/laptops_part.h"
#include "app/screens/people_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct PeopleUi {
    std::string person, role;
    SecretText passphrase, again;
    std::string removing;  ///< login whose removal is to be confirmed
    SecretText before, after, after_again;
    bool changing_tried = false;
    bool changing_key = false;  ///< a new key of the notebook is to be confirmed
    std::string page_path;
    RowsUi rows;
    bool tried = false;  ///< mistakes are named only after the first attempt
    LaptopsUi laptops;
};

void draw_people(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
