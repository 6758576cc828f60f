#include "app/desk/reporting.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/desk/registers.h"
#include "app/report/export.h"
#include "app/report/html.h"
#include "app/report/markdown.h"
#include "app/report/scorecard.h"
#include "app/report/submission.h"
#include "assets/assets.h"
#include "storage/base/check.h"
#include "storage/files.h"

namespace bordereau::app {
namespace {

report::Release release_of(const RecordSource& source, audit::Audience audience) {
    report::Release release;
    release.today = local_date(source.services.clock, source.services.clock.now());
    release.number = to_text(release.today);
    release.audience = audience;
    return release;
}

Status write_pair(const report::Document& document, const std::filesystem::path& stem,
                  std::vector<std::filesystem::path>& files) {
    const auto put = [&](const char* ending, const std::string& bytes) {
        std::filesystem::path file = stem;
        file += ending;
        Status written = storage::replace_file(file, bytes);
        if (written) files.push_back(file);
        return written;
    };
    if (Status html = put(".html", report::to_html(document)); !html) return html;
    return put(".md", report::to_markdown(document));
}

std::vector<report::Country> countries_in(const std::vector<audit::Record>& records) {
    std::map<std::string, std::string> found;
    for (const auto& record : records)
        if (!record.header.country.empty())
            found.emplace(record.header.country,
                          audit::name_or_code(record.header.country_name, record.header.country));
    std::vector<report::Country> countries;
    for (const auto& [code, name] : found) countries.push_back({code, name});
    return countries;
}

/// The words of the reports. Data need none.
Result<report::Texts> texts_of(const ReportRequest& request) {
    const auto file = [](const std::string& language) {
        return assets::find("i18n/reports/" + language + ".json");
    };
    const auto english = file("en"), wanted = file(request.language);
    check(english.has_value(), "the English words of reports are compiled in");
    return report::Texts::read(wanted ? request.language : "en", wanted.value_or(*english),
                               *english);
}

Status make_submission(const RecordSource& source, const ReportRequest& request,
                       const std::vector<audit::Record>& records, MadeReports& made) {
    const auto texts = texts_of(request);
    if (!texts) return texts.error();
    auto registers = read_registers(source.notebook);
    if (!registers) return std::move(registers).error();
    report::SubmissionRequest wanted;
    wanted.countries = countries_in(records);
    wanted.questions = request.questions;
    wanted.free_text_reread = request.free_text_reread;
    wanted.output_language = texts->language();
    wanted.release = release_of(source, request.audience);
    const auto submission = report::submission(wanted, records, *registers, *texts);
    made.not_ready = submission.not_ready;
    return write_pair(submission.document, request.folder / "submission", made.files);
}

Status make_scorecards(const RecordSource& source, const ReportRequest& request,
                       const std::vector<audit::Record>& records, MadeReports& made) {
    const auto texts = texts_of(request);
    if (!texts) return texts.error();
    std::set<std::string> agencies;
    for (const auto& record : records)
        if (!record.header.agency.empty()) agencies.insert(record.header.agency);
    for (const std::string& agency : agencies) {
        const auto card =
            report::scorecard(agency, records, release_of(source, request.audience), *texts);
        if (Status written = write_pair(card, request.folder / ("scorecard-" + agency), made.files);
            !written)
            return written;
    }
    return done();
}

Status make_csv(const RecordSource& source, const ReportRequest& request,
                const std::vector<audit::Record>& records, MadeReports& made) {
    for (const auto& file : report::csv_export(records, release_of(source, request.audience))) {
        if (Status written = storage::replace_file(request.folder / file.name, file.bytes);
            !written)
            return written;
        made.files.push_back(request.folder / file.name);
    }
    return done();
}

Status make(const RecordSource& source, const ReportRequest& request,
            const std::vector<audit::Record>& records, MadeReports& made) {
    switch (request.kind) {
        case ReportKind::submission: return make_submission(source, request, records, made);
        case ReportKind::scorecard: return make_scorecards(source, request, records, made);
        case ReportKind::csv: return make_csv(source, request, records, made);
    }
    return done();
}

}  // namespace

std::optional<ReportKind> report_kind(std::string_view name) {
    if (name == "submission") return ReportKind::submission;
    if (name == "scorecard") return ReportKind::scorecard;
    if (name == "csv") return ReportKind::csv;
    return std::nullopt;
}

std::optional<audit::Audience> audience(std::string_view name) {
    if (name == "team") return audit::Audience::team;
    if (name == "agency") return audit::Audience::agency;
    if (name == "public") return audit::Audience::public_use;
    return std::nullopt;
}

Result<MadeReports> make_report(const RecordSource& source, const ReportRequest& request) {
    auto records = records_in(source, storage::AuditState::approved);
    if (!records) return std::move(records).error().during("reading approved audits");
    if (records->empty()) return Error{ErrorCode::not_found, "no approved audit"};
    std::error_code failed;
    std::filesystem::create_directories(request.folder, failed);
    if (failed) return Error{ErrorCode::io, "making the folder of reports: " + failed.message()};
    MadeReports made;
    made.audits = records->size();
    if (Status written = make(source, request, *records, made); !written)
        return std::move(written).error().during("writing a report");
    return made;
}

}  // namespace bordereau::app
