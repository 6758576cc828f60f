#include "storage/journal/wreckage.h"

#include <algorithm>
#include <string_view>

#include "storage/crypto/sign.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/change_table.h"
#include "storage/journal/compress.h"
#include "storage/journal/fold.h"
#include "storage/journal/membership.h"

namespace bordereau::storage {
namespace {

using sqlite::WreckRow;
using sqlite::WreckValue;

constexpr std::size_t kMaxRecordBytes = std::size_t{256} << 20;
constexpr std::size_t kUuid = 36, kDevice = 32, kFileKey = 32;

// The beginning of a row, a letter a column: t text, n number, b blob, - nothing, ? anything.
bool looks_like(const WreckRow& row, std::string_view shape) {
    constexpr std::string_view kLetters = "-ntb";
    return row.size() >= shape.size() &&
           std::equal(
               shape.begin(), shape.end(), row.begin(), [&](char letter, const WreckValue& value) {
                   return letter == '?' || letter == kLetters[static_cast<std::size_t>(value.kind)];
               });
}

bool ends_at(const WreckRow& row, std::size_t column) {
    return std::all_of(
        row.begin() + static_cast<std::ptrdiff_t>(column), row.end(),
        [](const WreckValue& value) { return value.kind == WreckValue::Kind::nothing; });
}

const std::string& text(const WreckRow& row, std::size_t column) {
    return row[column].bytes;
}

// A register's row has the same columns, but its second is a kind.
bool is_comment(const WreckRow& row) {
    return text(row, 1).size() == kUuid && (text(row, 2).empty() || text(row, 2)[0] == '/');
}

// The word index has rows of the same columns: FTS5 numbers its pieces from 2^37, and of the two
// that come before, one is shorter than a key and the other says its format (fts5_index.c).
bool is_file_key(const WreckRow& row) {
    constexpr std::string_view kStructure{"\xFF\x00\x00\x01", 4};
    return row[0].number < (std::int64_t{1} << 37) && text(row, 1).size() == kFileKey &&
           text(row, 1).substr(4, 4) != kStructure;
}

Version version_of(const WreckRow& row, std::size_t stamp, std::size_t device) {
    return {{static_cast<std::uint64_t>(row[stamp].number)}, {text(row, device)}};
}

}  // namespace

void Wreckage::add(const WreckRow& row) {
    if (add_changeset(row) || add_identity(row) || add_membership(row) || add_pending(row) ||
        add_record(row))
        return;
    add_folded(row);
}

// Tables changeset, waiting and quarantine.
bool Wreckage::add_changeset(const WreckRow& row) {
    const bool logged = looks_like(row, "-tttnb") && ends_at(row, 6);
    const bool waiting = looks_like(row, "tttnbb") && ends_at(row, 6);
    const bool refused = looks_like(row, "btttnnnb") && ends_at(row, 8);
    if (!logged && !waiting && !refused) return false;
    const std::string& bytes = text(row, logged || waiting ? 5 : 7);
    auto head = read_head(bytes);
    if (head && !refused) {
        std::string digest = head->digest;
        changesets_.try_emplace(std::move(digest), *std::move(head), bytes);
    } else if (std::ranges::find(evidence_, bytes) == evidence_.end()) {
        evidence_.push_back(bytes);
    }
    return true;
}

bool Wreckage::add_identity(const WreckRow& row) {
    if (looks_like(row, "-tb") && ends_at(row, 3) && text(row, 2).size() == crypto::kSeedSize) {
        team_ = {text(row, 1)};
        device_ = crypto::device_id(crypto::SigningKey::from_seed(text(row, 2)).public_key());
        return true;
    }
    if (looks_like(row, "-b") && ends_at(row, 2)) {
        if (is_file_key(row)) file_keys_[row[0].number] = text(row, 1);
        return true;  // a piece of the word index otherwise
    }
    if (!looks_like(row, "tt") || !ends_at(row, 2)) return false;
    if (text(row, 0).size() == kUuid) names_[text(row, 0)] = text(row, 1);
    return true;  // a setting otherwise
}

// Tables team_key and membership. A seed is known by the team that it names.
bool Wreckage::add_membership(const WreckRow& row) {
    if (looks_like(row, "tb") && ends_at(row, 2) && text(row, 1).size() == crypto::kSeedSize) {
        const auto key = crypto::SigningKey::from_seed(text(row, 1));
        if (crypto::team_id(key.public_key()).text != text(row, 0)) return false;
        team_seeds_[text(row, 0)] = text(row, 1);
        return true;
    }
    if (!looks_like(row, "ttnb") || !ends_at(row, 4)) return false;
    if (read_certificate(text(row, 3))) certificates_.insert(text(row, 3));
    return true;
}

bool Wreckage::add_pending(const WreckRow& row) {
    if (!looks_like(row, "tntnb") || !ends_at(row, 5)) return false;
    if (decode_action(row[3].number, text(row, 4)))
        pending_[{text(row, 0), row[1].number}] = {text(row, 2), text(row, 4), row[3].number};
    return true;
}

// An older state of the record may lie about beside the last: together they are what there was.
bool Wreckage::add_record(const WreckRow& row) {
    if (!looks_like(row, "tb") || !ends_at(row, 2)) return false;
    auto table = expanded(text(row, 1), kMaxRecordBytes);
    auto changes = table ? decode_changes(*table) : Result<std::vector<Change>>{table.error()};
    if (changes)
        for (Change& change : *changes) keep(std::move(change));
    return true;
}

void Wreckage::keep(Change change) {
    // What could not be read back is a row of another kind, or of a newer program.
    if (decode_action(kind_of(change.action), encode_action(change.action)) != change.action)
        return;
    std::pair key{change.subject, change.version};
    folded_.try_emplace(std::move(key), std::move(change));
}

// The tables that screens read, column by column as in assets/sql.
void Wreckage::add_folded(const WreckRow& row) {
    const auto say = [&](std::size_t stamp, std::size_t device, std::size_t author,
                         const std::string& subject, Action action) {
        keep({version_of(row, stamp, device), {text(row, author)}, subject, std::move(action)});
    };
    if (looks_like(row, "tttnbn") && ends_at(row, 6)) {  // chain
        std::int64_t& end = ends_[{{text(row, 1)}, {text(row, 2)}}];
        end = std::max(end, row[3].number);
    } else if (looks_like(row, "tttttnttt")) {  // audit
        listed_[text(row, 0)] = {text(row, 7), text(row, 8), row.at(16).number};
        if (!text(row, 2).empty())
            say(5, 6, 4, text(row, 0), AuditCreated{{text(row, 2)}, text(row, 3), text(row, 7)});
        if (row[9].number > row[5].number)
            say(9, 10, 4, text(row, 0), AuditLabelled{text(row, 7), text(row, 8)});
    } else if (looks_like(row, "tnttnt") && ends_at(row, 6)) {  // audit_event
        say(1, 2, 3, text(row, 0),
            AuditStateSet{static_cast<AuditState>(row[4].number), text(row, 5)});
    } else if (looks_like(row, "tttttnt") && ends_at(row, 7) && is_comment(row)) {
        say(5, 6, 4, text(row, 0), CommentMade{{text(row, 1)}, text(row, 2), text(row, 3)});
    } else if (looks_like(row, "tttnt") && ends_at(row, 5) && text(row, 4).size() == kDevice) {
        say(3, 4, 2, text(row, 0), CommentResolved{{text(row, 1)}});
    } else if (looks_like(row, "tttnttnt") && ends_at(row, 8)) {  // attachment
        say(6, 7, 5, text(row, 0),
            AttachmentNamed{text(row, 1), text(row, 2), row[3].number, text(row, 4)});
    } else if (looks_like(row, "ttnttnt") && ends_at(row, 7)) {  // verdict
        say(5, 6, 4, text(row, 0),
            EvidenceJudged{text(row, 1), static_cast<Verdict>(row[2].number), text(row, 3)});
    } else if (looks_like(row, "tttnnnt") && (ends_at(row, 7) || ends_at(row, 8))) {
        // person; its last column is younger than the others
        say(5, 6, 1, text(row, 1),
            PersonSet{text(row, 2), static_cast<Role>(row[3].number), row[4].number != 0});
    } else if (looks_like(row, "tttbtbnt") && ends_at(row, 8)) {  // form
        if (auto form = unpack_form(text(row, 5)))
            keep({version_of(row, 6, 7), {}, text(row, 1), *std::move(form)});
    } else if (looks_like(row, "ttt?tnt") && ends_at(row, 7)) {  // register_row
        RegisterRowSet set{text(row, 1), text(row, 2), std::nullopt};
        if (row[3].kind == WreckValue::Kind::text) set.json = text(row, 3);
        say(5, 6, 4, set.kind + "/" + set.key, std::move(set));
    }
}

TeamId Wreckage::team() const {
    if (!team_.empty()) return team_;
    std::map<std::string, std::size_t> votes;
    for (const auto& [digest, one] : changesets_) ++votes[one.first.team.text];
    const auto most =
        std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    return most == votes.end() ? TeamId{} : TeamId{most->first};
}

std::string Wreckage::team_seed() const {
    const auto seed = team_seeds_.find(team().text);
    return seed == team_seeds_.end() ? std::string{} : seed->second;
}

std::string Wreckage::team_name() const {
    const auto name = names_.find(team().text);
    return name == names_.end() ? std::string{} : name->second;
}

std::vector<std::pair<ChangesetHead, const std::string*>> Wreckage::changesets() const {
    const TeamId ours = team();
    std::vector<std::pair<ChangesetHead, const std::string*>> all;
    for (const auto& [digest, one] : changesets_)
        if (one.first.team == ours) all.emplace_back(one.first, &one.second);
    std::ranges::sort(all, {}, [](const auto& one) {
        return std::pair{one.first.chain, one.first.number};
    });
    return all;
}

std::vector<Change> Wreckage::pending() const {
    std::vector<Change> changes;
    for (const auto& [place, row] : pending_)
        changes.push_back({{{static_cast<std::uint64_t>(place.second)}, device_},
                           {row.author},
                           place.first,
                           *decode_action(row.kind, row.body)});
    return changes;
}

std::vector<Change> Wreckage::folded() const {
    std::vector<Change> changes;
    for (const auto& [key, change] : folded_) changes.push_back(change);
    return changes;
}

}  // namespace bordereau::storage
