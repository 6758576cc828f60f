#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>

#include "storage/base/text.h"
#include "storage/base/uuid.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/changeset.h"
#include "storage/journal/columns.h"
#include "storage/journal/compress.h"
#include "storage/journal/flat_table.h"
#include "storage/journal/pack.h"
#include "storage/journal/pack_columns.h"
#include "storage/journal/pack_values.h"

namespace bordereau::storage {
namespace {

// More would not fit into a message, and gains nothing.
constexpr std::size_t kFullPack = std::size_t{24} << 20;
constexpr std::size_t kLargestPacked = std::size_t{4} << 20;
// What follows one so large says the digest before it in 32 bytes, so that nobody has to make it
// again on unpacking, only for the next one to name it.
constexpr std::size_t kWorthNaming = std::size_t{64} << 10;
// Of texts level 7 leaves a quarter fewer bytes than level 3, for a hundredth of a millisecond an
// audit. Of numbers no level leaves fewer than the first: what repeats among chance is chance.
constexpr int kTextLevel = 7, kQuickTextLevel = 4, kNumberLevel = 1;

// The 16 bytes of a UUID in the form that new_uuid() gives; nothing for any other text.
std::optional<std::string> uuid_bytes(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-') || (text[i] >= 'A' && text[i] <= 'F')) return std::nullopt;
        if (!dash) digits += text[i];
    }
    return from_hex(digits);
}

// The texts of a table's dictionary as numbers of the pack's: mostly the same ones in the same
// places as in the table before.
class Translation {
public:
    void translate(const std::vector<std::string_view>& texts, Dictionary& all) {
        numbers_.resize(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (numbers_[i] >= all.texts().size() || all.texts()[numbers_[i]] != texts[i])
                numbers_[i] = all.number(texts[i]);
    }
    std::uint64_t operator[](std::size_t index) const { return numbers_[index]; }

private:
    std::vector<std::uint64_t> numbers_;
};

}  // namespace

struct PackWriter::State {
    explicit State(Effort how) : effort(how) {}

    struct Run {
        std::uint64_t key, lane;
        ChangesetHead last;
        std::int64_t first, count;
        std::size_t last_size;
    };

    bool takes(const OpenChangeset& one) const {
        return one.plain().size() <= kLargestPacked && plain_bytes < kFullPack &&
               changes + flat.changes.size() <= kMaxPackedChanges &&
               (kept.empty() || one.head().team == team);
    }

    void add(OpenChangeset changeset) {
        kept.push_back(std::move(changeset));  // its bytes, and so the views into them, stay
        const OpenChangeset& one = kept.back();
        team = one.head().team;
        plain_bytes += one.plain().size();
        changes += flat.changes.size();
        add_to_run(one.head(), one.plain().size());
        signatures += one.signature();
        device_numbers.translate(flat.table.devices, devices);
        author_numbers.translate(flat.table.authors, authors);
        path_numbers.translate(flat.table.paths, paths);
        slots.resize(std::max(slots.size(), paths.texts().size()));
        add_subjects();
        add_changes();
        add_links();
    }

    void add_to_run(const ChangesetHead& head, std::size_t size) {
        const std::uint64_t key = keys.number(head.public_key);
        const std::uint64_t lane = lanes.number(head.chain.lane.text);
        const bool goes_on =
            !runs.empty() && runs.back().key == key && runs.back().lane == lane &&
            runs.back().last.number + 1 == head.number && runs.back().last_size < kWorthNaming &&
            (runs.back().last.digest.empty() || runs.back().last.digest == head.previous);
        if (!goes_on) {
            runs.push_back({key, lane, head, head.number, 0, 0});
            previous += head.previous;
        }
        ++runs.back().count;
        runs.back().last = head;
        runs.back().last_size = size;
    }

    void add_subjects() {
        subject_counts.put(flat.table.subjects.size());
        for (const std::string_view subject : flat.table.subjects) {
            const std::size_t known = subjects.texts().size();
            const std::uint64_t number = subjects.number(subject);
            subject_codes.put(number < known ? number + kFirstSubject : kNewSubject);
            if (number < known) continue;
            const auto uuid = uuid_bytes(subject);
            subject_sizes.put(uuid ? 0 : subject.size() + 1);
            subject_bytes += uuid ? std::string_view{*uuid} : subject;
        }
        for (const std::uint64_t run : flat.runs) subject_runs.put(run);
    }

    void add_changes() {
        auto answer = flat.answers.begin();
        auto other = flat.table.others.begin();
        for (const FlatTable::Line& line : flat.changes) {
            device.put(device_numbers[line.device]);
            author.put(author_numbers[line.author]);
            kinds.put(line.kind);
            millis.put(line.millis - last_millis);
            last_millis = line.millis;
            counters.put(line.counter);
            if (line.kind != kAnswerKind) {
                actions[line.kind].add(*other++);
                continue;
            }
            const std::uint64_t path = path_numbers[answer->path];
            path_column.put_signed(static_cast<std::int64_t>(path) - last_path);
            last_path = static_cast<std::int64_t>(path);
            replaces.put(answer->replaces);
            slots[static_cast<std::size_t>(path)].add(answer->value);
            ++answer;
        }
    }

    void add_links() {
        std::optional<Millis> before;
        for (const FlatTable::Link& link : flat.links) {
            link_millis.put(link.millis - before.value_or(link.of));
            before = link.millis;
            link_counters.put(link.counter);
            link_devices.put(device_numbers[link.device]);
        }
    }

    std::string finish() {
        CborWriter out;
        out.array(kPackItems + kPackColumns).number(kPackFormat).text(team.text);
        write_all(out, keys);
        write_texts(out, lanes.texts());
        write_texts(out, authors.texts());
        write_texts(out, paths.texts());
        ColumnWriter run_column;
        for (const Run& run : runs) {
            run_column.put(run.key);
            run_column.put(run.lane);
            run_column.put(static_cast<std::uint64_t>(run.first));
            run_column.put(static_cast<std::uint64_t>(run.count));
        }
        std::string raw_devices;
        for (const std::string_view one : devices.texts()) raw_devices += one;
        ValueColumns<std::string> values;
        SlotCount count;
        for (const SlotWriter& slot : slots) slot.write(count, values);
        for (const SlotWriter& slot : actions) slot.write(count, values);
        const PackColumnBytes columns{run_column.bytes(),
                                      previous,
                                      signatures,
                                      raw_devices,
                                      subject_counts.bytes(),
                                      subject_codes.bytes(),
                                      subject_sizes.bytes(),
                                      subject_bytes,
                                      subject_runs.bytes(),
                                      device.bytes(),
                                      author.bytes(),
                                      kinds.bytes(),
                                      millis.low(),
                                      millis.middle(),
                                      millis.rest(),
                                      counters.bytes(),
                                      path_column.bytes(),
                                      replaces.bytes(),
                                      link_millis.low(),
                                      link_millis.middle(),
                                      link_millis.rest(),
                                      link_counters.bytes(),
                                      link_devices.bytes(),
                                      values.repeated,
                                      values.few,
                                      values.some,
                                      values.many,
                                      values.sizes,
                                      values.forms,
                                      values.bytes,
                                      values.digits};
        return framed(out, columns);
    }

    std::string framed(CborWriter& array, const PackColumnBytes& columns) const {
        const int text_level = effort == Effort::few_bytes ? kTextLevel : kQuickTextLevel;
        std::string frames;
        for (const std::string_view column : columns) {
            if (column.size() < kOwnFrame) {
                array.bytes(column);
                continue;
            }
            array.null();
            const bool texts =
                column.data() == columns[static_cast<std::size_t>(PackColumn::value_bytes)].data();
            frames += compressed(column, texts ? text_level : kNumberLevel);
        }
        return compressed(array.out(), text_level) + frames;
    }

    static void write_all(CborWriter& out, const Dictionary& items) {
        out.array(items.texts().size());
        for (const std::string_view item : items.texts()) out.bytes(item);
    }

    Effort effort;
    FlatTable flat;                  // of the changeset that is being added
    std::deque<OpenChangeset> kept;  // the dictionaries are views into them
    std::size_t plain_bytes = 0, changes = 0;
    TeamId team;
    std::vector<Run> runs;
    std::string previous, signatures, subject_bytes;
    Dictionary keys, lanes, devices, authors, paths, subjects;
    Translation device_numbers, author_numbers, path_numbers;
    ColumnWriter subject_counts, subject_codes, subject_sizes, subject_runs, device, author, kinds,
        counters, path_column, replaces, link_counters, link_devices;
    MomentWriter millis, link_millis;
    std::vector<SlotWriter> slots;                // by path
    std::array<SlotWriter, kKnownKinds> actions;  // by kind
    Millis last_millis = 0;
    std::int64_t last_path = 0;
};

PackWriter::PackWriter(Effort effort) : state_(std::make_unique<State>(effort)) {}
PackWriter::~PackWriter() = default;

bool PackWriter::add(std::string_view changeset) {
    auto expanded = expand_changeset(changeset);
    return expanded && add(*expanded);
}

bool PackWriter::add(OpenChangeset& changeset) {
    if (!state_->flat.read(changeset.head(), changeset.table()) || !state_->takes(changeset))
        return false;
    state_->add(std::move(changeset));
    return true;
}

std::size_t PackWriter::size() const {
    return state_->kept.size();
}

std::size_t PackWriter::plain_bytes() const {
    return state_->plain_bytes;
}

std::string PackWriter::finish() {
    std::string pack = state_->finish();
    state_ = std::make_unique<State>(state_->effort);
    return pack;
}

}  // namespace bordereau::storage
