// tests/bench/form_steps.h - what the form bench does to each of its forms.
#pragma once

#include <filesystem>
#include <string>

#include "app/form/session/session.h"
#include "tests/bench/figures.h"

namespace bordereau::bench {

std::string read_bytes(const std::filesystem::path& file);
/// The form of a file, the files that it names read beside it. Ends the program if there is none.
form::LoadedForm load(const std::string& xml, const std::filesystem::path& folder);
/// A clock that stands still and entropy that repeats.
form::Environment environment();
/// What the form's reader cannot do without: the XML parsed by pugixml alone.
double parse_floor_ms(const std::string& xml);

// form_steps.cpp
void bench_chained(Figures& figures, const std::filesystem::path& folder, int questions);
void bench_survey(Figures& figures, const std::filesystem::path& folder);
// row_steps.cpp
void bench_rows(Figures& figures, const std::filesystem::path& folder, const std::string& form,
                int rows);
void bench_large_record(Figures& figures, const std::filesystem::path& folder);
// list_steps.cpp
void bench_lists(Figures& figures, const std::filesystem::path& folder);

}  // namespace bordereau::bench
