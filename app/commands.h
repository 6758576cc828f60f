// app/commands.h - everything a person can ask for in the window, as plain values.
// Filled while drawing, carried out after the frame by carry_out(), never while drawing.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/media/drawing.h"
#include "storage/base/ids.h"
#include "storage/base/secret_text.h"

namespace bordereau::app {

// Entering and leaving.
struct CreateNotebook {
    std::string person;  ///< login of the first person, who becomes administrator and supervisor
    SecretText passphrase;
    std::string team;             ///< founded; not asked for where there is an invitation
    std::string invitation = {};  ///< into a team that is there, or a file with it; empty: none
};
/// Before there is a notebook: where it is to lie, this time.
struct ChooseFolder {
    std::string path;
};
struct Unlock {
    std::string person;
    SecretText passphrase;
};
/// Opens with the key on paper; the person gets a new passphrase.
struct RecoverNotebook {
    SecretText key;
    std::string person;
    SecretText passphrase;
};
/// Makes the notebook from a backup, as a new device.
struct RestoreBackup {
    std::string file;
    std::string person;
    SecretText passphrase;
};
struct Lock {};
struct Quit {};
struct AddPerson {
    std::string person;
    std::string role;  ///< "officer", "supervisor" or "administrator"
    SecretText passphrase;
};

struct RemovePerson {
    std::string person;
};
struct SetRole {
    std::string person;
    std::string role;
};
struct ChangePassphrase {
    SecretText before, after;
};
struct MakeRecoveryKey {};
struct ChangeKey {};  ///< a new key for the notebook, and files sealed anew
struct SaveRecoveryPage {
    std::string path;
};
struct SetLockAfter {
    int minutes = 10;
};
struct BackUp {
    std::string path;
};

// Laptops of the team, without any network. Codes may be given as names of files that hold them.
struct AdmitLaptop {
    std::string code;
    std::string name;  ///< empty: as it calls itself
    std::string role;
};
struct RevokeLaptop {
    std::string device;
    std::string reason;
};
struct JoinLaptops {
    std::string code;  ///< by which this laptop was admitted
};
struct ScanCode {
    bool answer = false;  ///< the camera looks for what JoinLaptops takes, else for AdmitLaptop
};
struct SaveCode {
    bool answer = false;  ///< for the laptop that was admitted last, else this laptop's own
    std::string path;
};

// Where to look.
enum class Place {
    home,
    fill,
    overview,
    review,
    history,
    conflicts,
    sync,
    reports,
    forms,
    people,
    settings
};
struct GoTo {
    Place place = Place::home;
};
struct OpenAudit {
    AuditId audit;  ///< in fill when it may be edited by this person, else in review
};
struct OpenSection {
    int section = 0;  ///< index into FillView::sections
};
struct OpenQuestion {
    std::string question;  ///< key of a QuestionView: its section opens and it is scrolled to
};
struct Search {
    std::string text;  ///< of the audit list
};
struct FilterByState {
    std::string state;  ///< empty: all
};
struct FilterHistory {
    std::string text;  ///< part of a question's label; empty: all changes
};
struct MoreAudits {};  ///< the next page of the audit list
struct TakeOver {
    AuditId audit;  ///< that somebody else records: from now on this person does
};
struct DeclineOffer {};

// Recording. `question` is the key of a QuestionView, `repeat` and `instance` keys of their views.
struct NewAudit {
    FormId form;
    std::string version;
};
struct Answer {
    std::string question;
    std::string text;  ///< as stored: select_multiple as values joined by one blank; empty clears
};
/// As Answer, of a place pointed out on the map: where it moves one that was there, that is said.
struct PutPlace {
    std::string question;
    std::string text;  ///< as stored
};
struct AddRepeat {
    std::string repeat;
};
struct RemoveRepeat {
    std::string instance;
};
struct AttachFile {
    std::string question;
    std::string path;
};
struct PasteFile {
    std::string question;
    std::string text;  ///< of the clipboard: a path, or file:// addresses
};
struct PastePicture {
    std::string question;
    std::string bytes;  ///< of a PNG or JPEG that was copied
};
struct DropFiles {
    std::string question;  ///< under the pointer; empty: none takes files there
    std::vector<std::string> paths;
};
struct DetachFile {
    std::string question;
};
struct BrowseFiles {
    std::string question;  ///< a file for it is to be chosen
};
struct BrowseFor {
    enum class What {
        form,    ///< a form file, for AddForm
        bundles  ///< a folder of a stick, to write to or to read from
    };
    What what = What::form;
};
/// A form file that everybody at this notebook may then use.
struct AddForm {
    std::string path;
};
struct BrowseFolder {
    std::string path;
};
struct BrowseAll {
    bool all = false;  ///< files too that the question does not ask for
};
struct BrowseFind {
    std::string text;  ///< part of a name in the open folder
};
struct CloseFiles {};  ///< the browser, or the file that was enlarged
struct EnlargeFile {
    std::string question;
};
struct SaveFile {
    std::string question;  ///< a folder for a copy of its file is to be chosen
};
struct SaveFileHere {};
struct OpenCamera {
    std::string question;  ///< a code for it is to be read, or a photo taken; CloseFiles ends it
};
struct TakePhoto {};  ///< of what the camera sees now
// A picture drawn by hand. Until it is finished its strokes are kept on this laptop.
struct OpenPad {
    std::string question;  ///< its pad is to be as large as the page
};
struct DrawStroke {
    std::string question;
    media::Stroke stroke;
};
struct UndoStroke {
    std::string question;
};
struct ClearPad {
    std::string question;
};
struct FinishDrawing {
    std::string question;  ///< what is drawn becomes its answer
};
struct AskReceiver {
    std::string question;  ///< of place: where the satellite receiver says we are
};
struct StopReceiver {
    bool take = false;  ///< the best place so far becomes the answer
};
struct Undo {};  ///< the latest change of the open audit
struct Redo {};
struct CopyEarlier {
    enum class What { all, section, question };
    What what = What::all;
    std::string question;  ///< key, of a question
};
struct ConfirmCopied {
    std::vector<std::string> questions;  ///< keys; empty: all of the open section
};
struct WriteNote {
    std::string question;
    std::string text;  ///< empty takes the note away
};
struct OnePage {
    bool on = false;  ///< one question at a time
};
struct TurnPage {
    int page = 0;  ///< index among FillView::pages; beyond them: the neighbouring section
};
struct Finalize {};

// Reviewing.
struct Comment {
    std::string question;  ///< empty: on the audit as a whole
    std::string text;
};
struct ResolveComment {
    CommentId comment;
};
struct ReturnAudit {
    std::string reason;
};
struct ApproveAudit {
    std::string remark;
};
struct RejectAudit {
    std::string reason;
};
struct JudgeEvidence {
    std::string evidence;  ///< key of the repeat instance of the piece of evidence
    bool accepted = false;
};
struct TickReviewItem {
    std::string item;  ///< of the review list
    bool done = false;
};
struct ExplainCheck {
    std::string check;  ///< of the consistency check that fires
    std::string text;
};

/// Of answers that stand beside each other this one holds from now on.
struct DecideAnswer {
    std::string question;  ///< key of the ConflictView
    std::string text;      ///< as stored
    bool removed = false;  ///< of an entry of a repeat: it is to be gone
};

// Travelling and reporting.
struct SyncNow {};
struct PauseTravel {};  ///< until SyncNow
struct ChooseTravel {
    bool on_request = false;            ///< only on SyncNow
    std::int64_t bytes_per_second = 0;  ///< either way; 0: no limit
    bool proxy_by_system = true;
    std::string proxy;  ///< where it is not by the system: address, or empty for none
};
struct EarlierTravel {};  ///< the next page of what happened
struct OpenDoor {};       ///< other laptops of the team may exchange with this one
struct CloseDoor {};
struct LookNearby {};  ///< for laptops of the team
struct MeetLaptop {
    std::string address;  ///< of the laptop to exchange with
};
struct JoinTeam {
    std::string invitation;
};
struct WriteBundle {
    std::string path;  ///< a folder of a stick, or a file
};
struct ReadBundles {
    std::vector<std::string> paths;  ///< folders of sticks, or files
};
struct MakeReport {
    std::string report;    ///< "submission", "scorecard" or "csv"
    std::string audience;  ///< "team", "agency" or "public"
};

// Looks.
struct SetLanguage {
    std::string language;  ///< en fr es ru ar zh: of the interface, and of the form where it has it
};
struct SetTextSize {
    int percent = 100;  ///< 80 to 200
};
struct SetTheme {
    std::string theme;  ///< of widgets::kThemeNames
};
struct SetTouch {
    bool touch = false;  ///< targets of at least 44 logical pixels
};
struct DismissMessage {};
struct CancelWork {};  ///< the long work the frame shows

using Command = std::variant<
    CreateNotebook, Unlock, RecoverNotebook, RestoreBackup, PastePicture, Lock, Quit, AddPerson,
    GoTo, OpenAudit, OpenSection, OpenQuestion, Search, FilterByState, FilterHistory, MoreAudits,
    NewAudit, Answer, AddRepeat, RemoveRepeat, AttachFile, PasteFile, DropFiles, DetachFile,
    BrowseFiles, BrowseFolder, BrowseAll, BrowseFind, CloseFiles, EnlargeFile, SaveFile,
    SaveFileHere, Undo, Redo, OnePage, TurnPage, Finalize, Comment, ResolveComment, ReturnAudit,
    ApproveAudit, RejectAudit, JudgeEvidence, TickReviewItem, ExplainCheck, DecideAnswer, SyncNow,
    PauseTravel, ChooseTravel, EarlierTravel, OpenDoor, CloseDoor, LookNearby, MeetLaptop, JoinTeam,
    WriteBundle, ReadBundles, MakeReport, RemovePerson, SetRole, AdmitLaptop, RevokeLaptop,
    JoinLaptops, SaveCode, ChangePassphrase, MakeRecoveryKey, SaveRecoveryPage, SetLockAfter,
    BackUp, TakeOver, DeclineOffer, SetLanguage, SetTextSize, SetTheme, DismissMessage, CancelWork,
    SetTouch, OpenPad, DrawStroke, UndoStroke, ClearPad, FinishDrawing, AskReceiver, StopReceiver,
    CopyEarlier, ConfirmCopied, WriteNote, ChangeKey, OpenCamera, ScanCode, TakePhoto, PutPlace,
    BrowseFor, ChooseFolder, AddForm>;
using Commands = std::vector<Command>;

}  // namespace bordereau::app
