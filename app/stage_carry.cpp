// One overload per command: what a person asks for, done to the model. The only such place.
#include "app/desk/review_list.h"
#include "app/present/recovery_page.h"
#include "app/stage.h"
#include "storage/files.h"
#include "storage/reviews.h"
#include "storage/teams.h"

namespace bordereau::app {
struct Stage::Carry {
    Stage& stage;

    Desk& desk() const { return *stage.desk_; }
    bool inside() const { return stage.desk_ != nullptr && !stage.alone_; }
    bool open() const { return inside() && stage.filling_.has_value(); }

    // Says what went wrong; true where nothing did.
    bool done_well(Doing doing, const Status& status) const {
        if (!status) stage.say(doing, status.error());
        return status.ok();
    }

    // Entering and leaving.
    void operator()(const CreateNotebook& asked) const { stage.create(asked); }
    void operator()(const ChooseFolder& asked) const {
        if (!inside() && !asked.path.empty()) stage.options_.folder = asked.path;
    }
    void operator()(const Unlock& asked) const {
        stage.begin_opening(
            [asked, folder = stage.options_.folder, services = stage.options_.services] {
                return Desk::open(folder, asked.person, asked.passphrase, services);
            },
            Doing::opening_notebook);
    }
    void operator()(const RecoverNotebook& asked) const { stage.recover(asked); }
    void operator()(const RestoreBackup& asked) const { stage.restore(asked); }
    void operator()(const Lock&) const { stage.lock(); }
    void operator()(const Quit&) const { stage.close(); }
    void operator()(const AddPerson& asked) const {
        const auto role = storage::role(asked.role);
        if (!inside() || !role) return;
        const auto added = desk().notebook().add_person(asked.person, *role, asked.passphrase);
        stage.people_problem_ =
            added ? std::string{}
                  : sentence_for(stage.words_, Doing::managing_people, added.error());
    }

    // Says why it was not done beside the people; true where it was.
    bool managed(Doing doing, const Status& status) const {
        stage.people_problem_ =
            status ? std::string{} : sentence_for(stage.words_, doing, status.error());
        return status.ok();
    }
    void operator()(const RemovePerson& asked) const {
        if (!inside() || stage.work_) return;
        stage.begin_work_alone(
            stage.words_("work.removing", {{"person", asked.person}}), Doing::managing_people,
            [asked, desk = stage.desk_.get()](const storage::GoingOn& going_on) {
                return desk->remove_person(asked.person, going_on);
            },
            stage.words_("message.person_removed", {{"person", asked.person}}));
    }
    void operator()(const SetRole& asked) const {
        const auto role = storage::role(asked.role);
        if (!inside() || !role) return;
        storage::People people{desk().notebook()};
        const auto found = people.find_login(asked.person);
        if (!found || !*found) return;
        managed(Doing::managing_people, people.set_role((*found)->id, *role));
    }
    void operator()(const ChangePassphrase& asked) const {
        if (!inside()) return;
        if (!managed(Doing::changing_passphrase,
                     desk().notebook().change_passphrase(asked.before, asked.after)))
            return;
        stage.say(Tone::good, std::string{stage.words_("message.passphrase_changed")});
    }
    void operator()(const MakeRecoveryKey&) const {
        if (!inside()) return;
        auto made = desk().notebook().make_recovery_key();
        if (managed(Doing::managing_people, made ? done() : Status{made.error()}))
            stage.recovery_key_ = *made;
        if (made) wipe(*made);
    }
    void operator()(const ChangeKey&) const {
        if (!inside() || stage.work_) return;
        stage.begin_work_alone(
            std::string{stage.words_("work.changing_key")}, Doing::managing_people,
            [desk = stage.desk_.get()](const storage::GoingOn& going_on) {
                return desk->change_key(going_on);
            },
            std::string{stage.words_("message.key_changed")});
    }
    void operator()(const SaveRecoveryPage& asked) const {
        if (!inside() || stage.recovery_key_.empty()) return;
        const auto team = storage::Teams{desk().notebook()}.current();
        std::string page =
            recovery_page(stage.words_, team ? team->name : std::string{}, stage.recovery_key_);
        const Status kept = storage::replace_file(asked.path, page);
        wipe(page);
        if (managed(Doing::reporting, kept))
            stage.say(Tone::good, stage.words_("message.recovery_page", {{"path", asked.path}}));
    }
    void operator()(const AdmitLaptop& asked) const {
        if (inside()) stage.admit_laptop_now(asked);
    }
    void operator()(const RevokeLaptop& asked) const {
        if (inside()) stage.revoke_laptop(asked);
    }
    void operator()(const JoinLaptops& asked) const {
        if (inside() && !stage.work_) stage.join_laptops(asked);
    }
    void operator()(const SaveCode& asked) const {
        if (inside()) stage.save_code(asked);
    }
    void operator()(const SetLockAfter& asked) const {
        if (inside()) stage.set_lock_minutes(asked.minutes);
    }
    void operator()(const BackUp& asked) const {
        if (!inside() || stage.work_) return;
        auto copy = desk().backup_to(asked.path);
        if (!copy) return stage.say(Doing::backing_up, copy.error());
        stage.begin_work(
            std::string{stage.words_("work.backing_up")}, Doing::backing_up,
            [copy = *std::move(copy)](const storage::GoingOn& going_on) -> Status {
                auto made = copy(going_on);
                return made ? done() : Status{made.error()};
            },
            stage.words_("message.backed_up", {{"path", asked.path}}));
    }
    void operator()(const TakeOver& asked) const {
        if (!inside()) return;
        stage.offer_ = {};
        if (done_well(Doing::taking_over, desk().take_over(asked.audit, "")))
            stage.open(asked.audit);
    }
    void operator()(const DeclineOffer&) const { stage.offer_ = {}; }

    // Where to look.
    void operator()(const GoTo& asked) const {
        if (!inside()) return;
        stage.message_ = {};
        stage.go(asked.place);
    }
    void operator()(const OpenAudit& asked) const {
        if (!inside()) return;
        stage.message_ = {};
        stage.open(asked.audit);
    }
    void operator()(const OpenSection& asked) const {
        stage.reading_.section = asked.section;
        stage.reading_.scroll_to.clear();
        stage.reading_.page = 0;
        stage.reading_.page_key.clear();
        if (open() && stage.place_ == Place::overview) stage.place_ = Place::fill;
    }
    void operator()(const OpenQuestion& asked) const {
        if (!open()) return;
        stage.look_at(asked.question, asked.question);
        stage.place_ = stage.filling_->editable() ? Place::fill : Place::review;
    }
    void operator()(const Search& asked) const {
        stage.query_.text = asked.text;
        stage.query_.rows = kHomePage;
    }
    void operator()(const FilterByState& asked) const {
        stage.query_.state = asked.state;
        stage.query_.rows = kHomePage;
    }
    void operator()(const FilterHistory& asked) const { stage.history_filter_ = asked.text; }
    void operator()(const MoreAudits&) const {
        if (inside() && stage.views_.home.more)
            stage.query_.rows = std::ssize(stage.views_.home.rows) + kHomePage;
    }

    // Recording.
    void operator()(const NewAudit& asked) const {
        if (!inside()) return;
        const auto started = desk().start_audit(asked.form, asked.version);
        if (!started) return stage.say(Doing::opening_audit, started.error());
        stage.open(*started);
    }
    void operator()(const Answer& asked) const {
        if (!open()) return;
        Filling& filling = *stage.filling_;
        const auto answered =
            filling.answer(filling.session().find_key_path(asked.question), asked.text);
        if (stage.code_ && stage.code_->question == asked.question) stage.code_.reset();
        if (!answered)
            stage.say(Doing::recording, answered.error());
        else if (stage.message_.tone == Tone::error)
            stage.message_ = {};
        if (answered) stage.go_on_after(asked.question, form::Widget::select_one);
    }
    void operator()(const PutPlace& asked) const {
        if (open()) stage.put_place(asked);
    }
    void operator()(const AddRepeat& asked) const {
        if (!open()) return;
        Filling& filling = *stage.filling_;
        const auto added = filling.add_repeat(filling.session().find_key_path(asked.repeat));
        if (!added) return stage.say(Doing::recording, added.error());
        stage.look_at_entry(*added);
    }
    void operator()(const RemoveRepeat& asked) const {
        if (!open()) return;
        Filling& filling = *stage.filling_;
        done_well(Doing::recording,
                  filling.remove_repeat(filling.session().find_key_path(asked.instance)));
    }
    void operator()(const AttachFile& asked) const {
        if (open()) stage.attach(asked.question, asked.path);
    }
    void operator()(const DropFiles& asked) const {
        if (!inside()) return;
        if (sync::are_bundles(asked.paths)) return (*this)(ReadBundles{asked.paths});
        if (open()) stage.drop(asked.question, asked.paths);
    }
    void operator()(const PasteFile& asked) const {
        if (!open()) return;
        const auto paths = paths_in(asked.text);
        if (paths.size() == 1) return stage.attach(asked.question, paths.front());
        stage.say(Tone::warning, std::string{stage.words_(paths.empty() ? "file.nothing_pasted"
                                                                        : "file.one_only")});
    }
    void operator()(const PastePicture& asked) const {
        if (!open()) return;
        if (stage.asks_for(asked.question, form::Widget::barcode))
            return stage.read_code(asked.question,
                                   CodeReading::of_bytes(asked.bytes, stage.options_.wake));
        stage.attach_picture(asked.question, asked.bytes);
    }
    void operator()(const DetachFile& asked) const {
        if (open()) stage.detach(asked.question);
    }
    void operator()(const BrowseFiles& asked) const {
        if (open()) stage.browse(asked.question, false);
    }
    void operator()(const BrowseFor& asked) const {
        if (inside()) stage.browse_for(asked.what);
    }
    void operator()(const AddForm& asked) const {
        if (inside()) stage.add_form(asked.path);
    }
    void operator()(const SaveFile& asked) const {
        if (open()) stage.browse(asked.question, true);
    }
    void operator()(const SaveFileHere&) const {
        if (open() && stage.browsing_) stage.save_copy();
    }
    void operator()(const BrowseFolder& asked) const {
        if (!stage.browsing_) return;
        stage.browsing_->folder = stage.browsed_ = asked.path;
        stage.browsing_->find.clear();
    }
    void operator()(const BrowseAll& asked) const {
        if (stage.browsing_) stage.browsing_->all = asked.all;
    }
    void operator()(const BrowseFind& asked) const {
        if (stage.browsing_) stage.browsing_->find = asked.text;
    }
    void operator()(const EnlargeFile& asked) const { stage.enlarged_ = asked.question; }
    void operator()(const CloseFiles&) const {
        stage.browsing_.reset();
        stage.enlarged_.clear();
        stage.padded_.clear();
        stage.camera_.reset();
    }
    void operator()(const OpenCamera& asked) const {
        if (open()) stage.open_camera(asked.question);
    }
    void operator()(const ScanCode& asked) const { stage.scan_code(asked); }
    void operator()(const TakePhoto&) const {
        if (open()) stage.take_photo();
    }
    void operator()(const OpenPad& asked) const { stage.padded_ = asked.question; }
    void operator()(const DrawStroke& asked) const {
        if (!open()) return;
        const auto pad = stage.pad_of(asked.question);
        if (!pad) return;
        stage.draw(asked.question, [&](media::Drawing& drawing) {
            return media::add_stroke(drawing, asked.stroke, pad->sheet);
        });
    }
    void operator()(const UndoStroke& asked) const {
        if (open()) stage.draw(asked.question, media::undo_stroke);
    }
    void operator()(const ClearPad& asked) const {
        if (!open()) return;
        stage.draw(asked.question, [](media::Drawing& drawing) {
            media::clear(drawing);
            return true;
        });
    }
    void operator()(const FinishDrawing& asked) const {
        if (open()) stage.finish_drawing(asked.question);
    }
    void operator()(const AskReceiver& asked) const {
        if (open()) stage.ask_receiver(asked.question);
    }
    void operator()(const StopReceiver& asked) const {
        if (open()) stage.stop_receiver(asked.take);
    }
    void operator()(const Undo&) const {
        if (!open()) return;
        if (!stage.filling_->can_undo())
            return stage.say(Tone::info, std::string{stage.words_("message.nothing_to_undo")});
        stage.turned(stage.filling_->undo(), false);
    }
    void operator()(const Redo&) const {
        if (open()) stage.turned(stage.filling_->redo(), true);
    }
    void operator()(const CopyEarlier& asked) const {
        if (open()) stage.copy(asked);
    }
    void operator()(const ConfirmCopied& asked) const {
        if (open()) stage.confirm(asked);
    }
    void operator()(const WriteNote& asked) const {
        if (!open()) return;
        Filling& filling = *stage.filling_;
        done_well(Doing::recording,
                  filling.write_note(filling.session().find_key_path(asked.question), asked.text));
    }
    void operator()(const OnePage& asked) const {
        stage.looks_.one_page = asked.on;
        stage.keep_looks();
    }
    void operator()(const TurnPage& asked) const {
        if (open()) stage.turn_page(asked.page);
    }
    void operator()(const Finalize&) const {
        if (!open()) return;
        stage.show_missing_ = true;
        if (!done_well(Doing::finalizing, stage.filling_->finalize())) {
            if (!stage.filling_->session().problems().empty() || !stage.lead_to_unconfirmed())
                stage.place_ = Place::overview;
            return;
        }
        stage.say(Tone::good, std::string{stage.words_("message.finalized")});
        done_well(Doing::recording, Drawings{desk().notebook()}.forget_all(*stage.filling_));
        stage.go(Place::home);
    }

    // Reviewing.
    void operator()(const Comment& asked) const {
        if (!open()) return;
        const auto made = storage::Reviews{desk().notebook()}.comment(stage.filling_->audit(),
                                                                      asked.question, asked.text);
        if (!made) stage.say(Doing::reviewing, made.error());
    }
    void operator()(const ResolveComment& asked) const {
        if (open())
            done_well(Doing::reviewing, storage::Reviews{desk().notebook()}.resolve(
                                            stage.filling_->audit(), asked.comment));
    }
    void operator()(const ReturnAudit& asked) const {
        decide([&](storage::Reviews& reviews, const AuditId& audit) {
            return reviews.send_back(audit, asked.reason);
        });
    }
    void operator()(const ApproveAudit& asked) const {
        decide([&](storage::Reviews&, const AuditId&) {
            return approve(desk().notebook(), stage.filling_->summary(), asked.remark);
        });
    }
    void operator()(const RejectAudit& asked) const {
        decide([&](storage::Reviews& reviews, const AuditId& audit) {
            return reviews.reject(audit, asked.reason);
        });
    }
    void operator()(const JudgeEvidence& asked) const {
        if (!open()) return;
        done_well(
            Doing::reviewing,
            storage::Reviews{desk().notebook()}.judge(
                stage.filling_->audit(), asked.evidence,
                asked.accepted ? storage::Verdict::accepted : storage::Verdict::rejected, ""));
    }
    void operator()(const TickReviewItem& asked) const {
        if (open())
            done_well(Doing::reviewing,
                      tick(desk().notebook(), stage.filling_->audit(), asked.item, asked.done));
    }
    void operator()(const ExplainCheck& asked) const {
        if (open())
            done_well(Doing::reviewing, explain_check(desk().notebook(), stage.filling_->audit(),
                                                      asked.check, asked.text));
    }
    template <class Decide>
    void decide(Decide decision) const {
        if (!open()) return;
        storage::Reviews reviews{desk().notebook()};
        if (!done_well(Doing::reviewing, decision(reviews, stage.filling_->audit()))) return;
        stage.reopen();
        if (!open()) return;
        const storage::AuditSummary& audit = stage.filling_->summary();
        const Presenting present{stage.words_, stage.clock()};
        const std::string state{
            stage.words_("state." + std::string{state_name(shown_state(audit.state))})};
        stage.say(Tone::good,
                  stage.words_("message.decided", {{"state", state},
                                                   {"audit", listed_name(present, desk(), audit)},
                                                   {"person", audit.created_by_login}}));
    }

    void operator()(const DecideAnswer& asked) const {
        if (!open()) return;
        const std::optional<std::string> value =
            asked.removed ? std::nullopt : std::optional{asked.text};
        if (!may_settle(desk().notebook().person(), stage.filling_->summary()))
            return stage.say(Doing::recording, Error{ErrorCode::refused, "not theirs to decide"});
        storage::Answers answers{desk().notebook()};
        if (!done_well(Doing::recording,
                       answers.decide(stage.filling_->audit(), asked.question, value)))
            return;
        stage.reopen();
        stage.say(Tone::good, std::string{stage.words_("message.conflict_decided")});
    }

    // Travelling and reporting.
    void operator()(const SyncNow&) const {
        if (inside()) done_well(Doing::syncing, desk().travel_now());
    }
    void operator()(const PauseTravel&) const {
        if (inside()) done_well(Doing::recording, desk().pause_travel());
    }
    void operator()(const ChooseTravel& asked) const {
        if (!inside()) return;
        auto choices = desk().travel_choices();
        if (!choices) return stage.say(Doing::recording, choices.error());
        choices->on_request = asked.on_request;
        choices->upload = choices->download = static_cast<std::size_t>(asked.bytes_per_second);
        choices->proxy = asked.proxy_by_system ? std::nullopt : std::optional{asked.proxy};
        const Status kept = desk().choose_travel(*choices);
        stage.travel_problem_ =
            kept ? std::string{} : std::string{stage.words_("sync.proxy.wrong")};
    }
    void operator()(const OpenDoor&) const {
        if (inside()) done_well(Doing::meeting, desk().open_door({}, stage.options_.wake));
    }
    void operator()(const CloseDoor&) const {
        if (inside()) desk().close_door();
    }
    void operator()(const LookNearby&) const {
        if (!inside()) return;
        stage.looking_nearby_ = true;
        if (const Status looking = desk().look_nearby(stage.options_.wake); !looking)
            stage.say(Tone::info, std::string{stage.words_("sync.lan.none")});
    }
    void operator()(const MeetLaptop& asked) const {
        if (inside() && !stage.work_) stage.meet(asked.address);
    }
    void operator()(const EarlierTravel&) const { ++stage.travel_pages_; }
    void operator()(const JoinTeam& asked) const {
        if (!inside()) return;
        Status joined = desk().join(asked.invitation);
        stage.join_problem_ =
            joined ? std::string{} : sentence_for(stage.words_, Doing::joining, joined.error());
        if (!joined) return;
        desk().start_worker(stage.options_.wake);
    }
    void operator()(const WriteBundle& asked) const {
        if (inside() && !stage.work_) stage.write_bundle(asked.path);
    }
    void operator()(const ReadBundles& asked) const {
        if (inside() && !stage.work_) stage.read_bundles(asked.paths);
    }
    void operator()(const CancelWork&) const {
        if (stage.restoring_) stage.restoring_->wanted = false;
        if (stage.work_) return stage.work_->cancel();
        if (inside()) done_well(Doing::recording, desk().pause_travel());
    }
    void operator()(const MakeReport& asked) const {
        const auto kind = report_kind(asked.report);
        if (!inside() || !kind) return;
        // Beside the notebook, never in it: what lies in there is encrypted.
        const auto folder =
            (desk().notebook().folder() / ".." / "reports" / asked.audience).lexically_normal();
        const auto made =
            desk().report({.kind = *kind,
                           .audience = audience(asked.audience).value_or(audit::Audience::team),
                           .folder = folder,
                           .language = std::string{text::tag_of(stage.words_.language())}});
        if (!made) return stage.say(Doing::reporting, made.error());
        stage.not_ready_ = made->not_ready;
        for (const auto& file : made->files)
            stage.made_.push_back(
                {asked.report, asked.audience, file, stage.options_.services.clock.now()});
        if (made->files.empty())
            return stage.say(Tone::warning, std::string{stage.words_("message.report_none")});
        stage.say(Tone::good, std::string{stage.words_("message.report_made")});
    }

    // Looks.
    void operator()(const SetLanguage& asked) const {
        if (const auto language = text::language_of(asked.language)) {
            stage.choose_language(*language);
        } else if (open()) {
            stage.filling_->set_language(asked.language);
        }
    }
    void operator()(const SetTextSize& asked) const {
        stage.looks_.text_size = std::clamp(asked.percent, 80, 200);
        stage.keep_looks();
    }
    void operator()(const SetTheme& asked) const {
        stage.looks_.theme = asked.theme;
        stage.keep_looks();
    }
    void operator()(const SetTouch& asked) const {
        stage.looks_.touch = asked.touch;
        stage.keep_looks();
    }
    void operator()(const DismissMessage&) const { stage.message_ = {}; }
};

namespace {

template <class Asked, class... Some>
constexpr bool is_one_of = (std::is_same_v<Asked, Some> || ...);

// What others are to hear of at once, whatever page it is done on.
constexpr auto concerns_others = []<class Asked>(const Asked&) {
    return is_one_of<Asked, Finalize, Comment, ResolveComment, ReturnAudit, ApproveAudit,
                     RejectAudit, JudgeEvidence, ExplainCheck, DecideAnswer, TakeOver, AddPerson,
                     RemovePerson, SetRole, AdmitLaptop, RevokeLaptop, JoinTeam>;
};

}  // namespace

void Stage::carry_out(const Command& command) {
    std::visit(Carry{*this}, command);
    dirty_ = true;
    if (desk_ == nullptr || alone_) return;
    if (std::visit(concerns_others, command))
        desk_->travel_when_allowed();
    else
        desk_->travel_for_news();
}

}  // namespace bordereau::app
