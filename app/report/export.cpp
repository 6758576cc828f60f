#include "app/report/export.h"

#include <algorithm>
#include <map>
#include <set>

namespace bordereau::report {
namespace {

using audit::Answers;
using audit::Record;

/// Columns that count people, or average over few; outside the team they leave in suppressed tables
/// only. A star stands for the rest of a name.
constexpr std::string_view kCounts[]{
    "a_int_*", "c4_asked", "c4_ok",   "d_w*",     "d_m*",     "d_x*",    "d_tot_*",  "d_cmd_*",
    "d_pct_*", "d_app_*",  "d_rec_*", "d_prm_*",  "d_trn_*",  "e_f_*",   "e_m_*",    "e_x",
    "e_tot_*", "e_total",  "e_known", "e_preg",   "e_uas_*",  "e_sp_*",  "e_dis_*",  "e_vi_*",
    "e_vr_*",  "e_sr_*",   "e_sh_*",  "w_duty_*", "w_srch_w", "t_w",     "t_m",      "t_x",
    "t_tot*",  "t_don_*",  "t_tr_*",  "t_pct_*",  "t_ph",     "t_pre_*", "t_post_*", "t_gain_*"};

/// Columns where people write sentences, and those with files, logins and places.
constexpr std::string_view kFreeText[]{
    "username",   "a_gps",   "b_text",  "b_en",    "b_gap",   "f_title", "f_title_en",
    "f_sum",      "f_orig",  "f_trans", "g_title", "h_note",  "i_instr", "i_diff",
    "j_name",     "k_title", "k_file",  "k_photo", "l_text",  "l_rec",   "m_limits",
    "m_response", "w_photo", "w_act",   "t_title", "t_notes", "t_file",  "t_project"};

/// What officers noted at a question, beside its column: for their team alone.
constexpr std::string_view kNote = "@note";

bool named_in(std::span<const std::string_view> patterns, std::string_view name) {
    return std::ranges::any_of(patterns, [&](std::string_view pattern) {
        if (!pattern.ends_with('*')) return name == pattern;
        return name.starts_with(pattern.substr(0, pattern.size() - 1));
    });
}

bool may_leave(std::string_view column, Audience audience) {
    if (audience == Audience::team) return true;
    if (column.ends_with(kNote) || named_in(kCounts, column)) return false;
    return audience == Audience::agency || !named_in(kFreeText, column);
}

/// Of other forms nobody has said which columns are harmless: they stay with the team.
bool may_leave(const audit::Header& header, Audience audience) {
    if (header.state != audit::ReviewState::approved) return false;
    constexpr std::string_view kKnown[]{"grpa_main", "grpa_walk", "grpa_train"};
    return audience == Audience::team || named_in(kKnown, header.form.text);
}

/// A field that a spreadsheet would run as a formula gets an apostrophe in front.
std::string field(std::string_view text) {
    constexpr std::string_view kFormula = "=+-@\t\r";
    const bool number = text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    std::string out;
    if (!text.empty() && kFormula.find(text[0]) != kFormula.npos && !number) out += '\'';
    out += text;
    if (out.find_first_of(",\"\r\n") == out.npos) return out;
    std::string quoted = "\"";
    for (const char c : out) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

void add_line(std::string& bytes, const std::vector<std::string>& fields) {
    for (std::size_t at = 0; at < fields.size(); ++at)
        bytes.append(at == 0 ? "" : ",").append(field(fields[at]));
    bytes += "\r\n";
}

std::string audience_name(Audience audience) {
    if (audience == Audience::team) return "team";
    return audience == Audience::agency ? "agency" : "public";
}

/// One file under construction: a form, or one repeat of it.
struct Sheet {
    std::set<std::string> columns;
    std::vector<std::pair<std::vector<std::string>, const Answers*>> rows;  // keys, answers
};

std::string written(const Sheet& sheet, std::vector<std::string> keys, Audience audience) {
    std::vector<std::string> columns;
    for (const std::string& column : sheet.columns)
        if (may_leave(column, audience)) columns.push_back(column);
    const std::size_t first = keys.size();
    keys.insert(keys.end(), columns.begin(), columns.end());
    std::string bytes;
    add_line(bytes, keys);
    for (const auto& [row_keys, answers] : sheet.rows) {
        std::vector<std::string> fields = row_keys;
        for (std::size_t at = first; at < keys.size(); ++at)
            fields.emplace_back(answers->value(keys[at]));
        add_line(bytes, fields);
    }
    return bytes;
}

void add_row(Sheet& sheet, std::vector<std::string> keys, const Answers& answers) {
    for (const auto& [name, text] : answers.values) sheet.columns.insert(name);
    sheet.rows.emplace_back(std::move(keys), &answers);
}

using Sheets = std::map<std::string, Sheet>;  // by form, or by form and repeat

std::string code_book(const Sheets& sheets, const std::string& release, Audience audience) {
    std::string bytes;
    add_line(bytes, {"file", "name", "release"});
    for (const auto& [name, sheet] : sheets)
        for (const std::string& column : sheet.columns)
            if (may_leave(column, audience)) add_line(bytes, {name, column, release});
    return bytes;
}

}  // namespace

std::vector<CsvFile> csv_export(std::span<const Record> records, const Release& release) {
    Sheets forms, repeats;
    for (const Record& record : records) {
        if (!may_leave(record.header, release.audience)) continue;
        const std::string &form = record.header.form.text, &id = record.header.audit.text;
        add_row(forms[form], {id, record.header.version, release.number}, record.answers);
        for (const auto& [repeat, rows] : record.repeats) {
            Sheet& sheet = repeats[std::string{form}.append("-").append(repeat)];
            for (std::size_t at = 0; at < rows.size(); ++at)
                add_row(sheet, {id, std::to_string(at + 1)}, rows[at]);
        }
    }
    const std::string ending = "_" + audience_name(release.audience) + ".csv";
    std::vector<CsvFile> files;
    for (const auto& [name, sheet] : forms)
        files.push_back(
            {name + ending, written(sheet, {"submission_uuid", "instrument_version", "release"},
                                    release.audience)});
    for (const auto& [name, sheet] : repeats)
        files.push_back(
            {name + ending, written(sheet, {"submission_uuid", "row"}, release.audience)});
    Sheets all = forms;
    all.insert(repeats.begin(), repeats.end());
    if (!files.empty())
        files.push_back({"code_book" + ending, code_book(all, release.number, release.audience)});
    return files;
}

}  // namespace bordereau::report
